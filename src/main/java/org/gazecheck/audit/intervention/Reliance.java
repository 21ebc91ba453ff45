package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Interventions.ClassReliance;
import org.gazecheck.results.Interventions.Condition;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.McNemar;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Wilson;

/**
 * How far predictions rest on backgrounds, as ImageNet-9 measures it (Xiao et al. 2020, "Noise or Signal"): accuracies on
 * the same images with their background kept, removed, or swapped within the class and across classes.
 *
 * @param gap accuracy "mixed same" minus "mixed random", paired by image, of images whose class has another one in the sample
 */
record Reliance(List<Condition> conditions, Figure gap, List<ClassReliance> classes) {
    /**
     * @param segmented of val and test
     * @param original [n] classes predicted on the images themselves
     * @param alone [n] classes predicted on their backgrounds alone
     */
    static Reliance of(
            AuditInputs inputs,
            List<SegmentedImage> segmented,
            int[] original,
            int[] alone,
            Scores scores,
            Progress progress)
            throws IOException {
        SplittableRandom random = inputs.randomness().of(Purpose.MIXED_BACKGROUNDS.stream(), 0);
        int n = segmented.size();
        List<Composite> composites = new ArrayList<>();
        for (SegmentedImage image : segmented) {
            composites.add(new Composite.Pasted(image, image));
        }
        for (SegmentedImage image : segmented) {
            composites.add(
                    new Composite.ObjectOnly(image, inputs.preprocessing().normalisation()));
        }
        for (boolean same : new boolean[] {true, false}) {
            for (SegmentedImage image : segmented) {
                composites.add(new Composite.Pasted(image, other(segmented, image, same, random)));
            }
        }
        int classes = inputs.dataset().classes().size();
        int[] predicted = Arrays.stream(scores.of(composites, "swap objects and backgrounds", progress))
                .mapToInt(row -> CompositeScores.best(row, classes))
                .toArray();
        boolean[][] correct = new boolean[6][n];
        for (int i = 0; i < n; i++) {
            int label = segmented.get(i).label();
            correct[0][i] = original[i] == label;
            correct[1][i] = predicted[i] == label;
            correct[2][i] = predicted[n + i] == label;
            correct[3][i] = alone[i] == label;
            correct[4][i] = predicted[2 * n + i] == label;
            correct[5][i] = predicted[3 * n + i] == label;
        }
        int[] accompanied = accompanied(segmented);
        List<Condition> conditions = List.of(
                condition("original", "the images as they are", correct[0]),
                condition("own background", "objects pasted in front of their own background: the control", correct[1]),
                condition("object only", "objects on plain colour", correct[2]),
                condition("background only", "objects filled in", correct[3]),
                condition(
                        "mixed same",
                        "objects pasted in front of another background of their class",
                        of(correct[4], accompanied)),
                condition("mixed random", "objects pasted in front of backgrounds of other classes", correct[5]));
        return new Reliance(
                conditions,
                gap(of(correct[4], accompanied), of(correct[5], accompanied)),
                classes(inputs, segmented, alone, correct));
    }

    /** Another image of the same class, or one of another; the image itself where there is none. */
    @SuppressWarnings("ReferenceEquality") // Images of equal content are still two.
    private static SegmentedImage other(
            List<SegmentedImage> segmented, SegmentedImage than, boolean same, SplittableRandom random) {
        List<SegmentedImage> choice = segmented.stream()
                .filter(c -> c != than && (c.label() == than.label()) == same)
                .toList();
        return choice.isEmpty() ? than : choice.get(random.nextInt(choice.size()));
    }

    private static Condition condition(String name, String description, boolean[] correct) {
        int hits = count(correct);
        Interval interval = Wilson.interval(hits, correct.length);
        return new Condition(
                name,
                description,
                new Figure((double) hits / correct.length, interval.low(), interval.high(), correct.length));
    }

    /** Those whose class has another image in the sample. */
    private static int[] accompanied(List<SegmentedImage> segmented) {
        Map<Integer, Long> sizes =
                segmented.stream().collect(Collectors.groupingBy(SegmentedImage::label, Collectors.counting()));
        return IntStream.range(0, segmented.size())
                .filter(i -> sizes.getOrDefault(segmented.get(i).label(), 0L) > 1)
                .toArray();
    }

    private static boolean[] of(boolean[] values, int[] rows) {
        boolean[] some = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            some[i] = values[rows[i]];
        }
        return some;
    }

    private static Figure gap(boolean[] same, boolean[] random) {
        int n = same.length;
        McNemar pairs = new McNemar(
                (int) IntStream.range(0, n).filter(i -> random[i] && !same[i]).count(),
                (int) IntStream.range(0, n).filter(i -> same[i] && !random[i]).count(),
                n);
        return new Figure(
                pairs.difference(), pairs.interval().low(), pairs.interval().high(), n);
    }

    private static List<ClassReliance> classes(
            AuditInputs inputs, List<SegmentedImage> segmented, int[] alone, boolean[][] correct) {
        Map<Integer, List<Integer>> byClass = new TreeMap<>();
        for (int i = 0; i < segmented.size(); i++) {
            byClass.computeIfAbsent(segmented.get(i).label(), label -> new ArrayList<>())
                    .add(i);
        }
        List<String> names = inputs.dataset().classes();
        List<ClassReliance> classes = new ArrayList<>();
        byClass.forEach((label, rows) -> {
            int[] votes = new int[names.size()];
            rows.forEach(i -> votes[alone[i]]++);
            int vote = IntStream.range(0, votes.length)
                    .reduce((a, b) -> votes[b] > votes[a] ? b : a)
                    .orElseThrow();
            Function<boolean[], Double> share =
                    hits -> (double) rows.stream().filter(i -> hits[i]).count() / rows.size();
            classes.add(new ClassReliance(
                    names.get(label),
                    rows.size(),
                    share.apply(correct[0]),
                    share.apply(correct[1]),
                    share.apply(correct[5]),
                    names.get(vote),
                    (double) votes[vote] / rows.size()));
        });
        return classes;
    }

    private static int count(boolean[] values) {
        int count = 0;
        for (boolean value : values) {
            count += value ? 1 : 0;
        }
        return count;
    }
}
