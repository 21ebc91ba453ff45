package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Interventions.SwapEffect;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.PairedDifferences;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.RandomStream;
import org.gazecheck.stats.Randomness;
import org.gazecheck.stats.StratifiedGroups;

/**
 * Pastes objects in front of backgrounds of some scenes and in front of others: the same objects, the same cut edges, only
 * the background differs. Backgrounds come from images of other classes than the one in question, so that what a mask
 * leaves of an object cannot speak for it.
 *
 * <p>Tested over objects, each of which stands in front of both sorts (sign flips), and over backgrounds (the share of what stands
 * in front of each, shuffled), because a handful of them serve all objects, and one odd background would pass for all of its
 * scenes.
 */
final class BackgroundSwap {
    /** Fewer objects or backgrounds than this say nothing. */
    static final int FEWEST = 5;

    private static final int FLIPS = 19_999;
    private static final int RESAMPLES = 1000;

    private final Scores scores;
    private final Randomness randomness;
    private final Progress progress;

    BackgroundSwap(Scores scores, Randomness randomness, Progress progress) {
        this.scores = scores;
        this.randomness = randomness;
        this.progress = progress;
    }

    /**
     * An object in front of a background, and what the network makes of it.
     *
     * @param probabilities of every class
     */
    record Answered(Composite.Pasted composite, int best, float[] probabilities) {}

    /** The same object in front of a background of the scenes in question and in front of another. */
    record Pair(Answered usual, Answered other) {}

    /**
     * What came of it.
     *
     * @param pairs as many an object as were drawn, in the order of the objects
     */
    record Outcome(SwapEffect effect, List<Pair> pairs) {}

    /**
     * @param objects to be pasted
     * @param available how many there were to draw the objects from
     * @param usual backgrounds of the scenes in question
     * @param others backgrounds of the other scenes
     * @param draws pairs of backgrounds an object
     * @param label the class asked about
     * @param gained whether it counts that an object is taken for the class, or that it is not; what is lost is lost onOthers
     *     from the scenes
     * @return empty when there are too few of either
     */
    Optional<Outcome> of(
            List<SegmentedImage> objects,
            int available,
            List<SegmentedImage> usual,
            List<SegmentedImage> others,
            int draws,
            int label,
            boolean gained)
            throws IOException {
        if (objects.size() < FEWEST || usual.size() < FEWEST || others.size() < FEWEST) {
            return Optional.empty();
        }
        RandomStream stream =
                (gained ? Purpose.BACKGROUND_PUT : Purpose.BACKGROUND_REMOVED).about(Integer.toString(label));
        List<Composite.Pasted> composites = new ArrayList<>();
        for (SegmentedImage object : objects) {
            SplittableRandom random =
                    randomness.of(stream, 0, object.item().path(), object.item().sha256());
            for (int d = 0; d < draws; d++) {
                composites.add(new Composite.Pasted(object, another(usual, object, random)));
                composites.add(new Composite.Pasted(object, another(others, object, random)));
            }
        }
        List<Pair> pairs = pairs(composites);
        double[] differences = new double[objects.size()];
        int onUsual = 0;
        int onOthers = 0;
        for (int i = 0; i < differences.length; i++) {
            int on = 0;
            int off = 0;
            for (Pair pair : pairs.subList(i * draws, (i + 1) * draws)) {
                on += pair.usual.best == label ? 1 : 0;
                off += pair.other.best == label ? 1 : 0;
            }
            differences[i] = (double) (on - off) / draws;
            onUsual += on;
            onOthers += off;
        }
        double all = (double) draws * objects.size();
        double overBackgrounds = overBackgrounds(pairs, label, stream);
        SwapEffect effect = effect(
                differences,
                gained ? onUsual / all : (all - onOthers) / all,
                gained ? onOthers / all : (all - onUsual) / all,
                available,
                draws,
                overBackgrounds,
                stream);
        return Optional.of(new Outcome(effect, pairs));
    }

    private List<Pair> pairs(List<Composite.Pasted> composites) throws IOException {
        float[][] logits = scores.of(composites, "swap backgrounds", progress);
        float[][] probabilities = scores.probabilities(logits);
        List<Answered> answered = new ArrayList<>();
        for (int i = 0; i < logits.length; i++) {
            int best = CompositeScores.best(logits[i], probabilities[i].length);
            answered.add(new Answered(composites.get(i), best, probabilities[i]));
        }
        return IntStream.range(0, answered.size() / 2)
                .mapToObj(i -> new Pair(answered.get(2 * i), answered.get(2 * i + 1)))
                .toList();
    }

    /** How likely usual backgrounds are to speak for the class as much more often than others, if they are like others: one-sided. */
    private double overBackgrounds(List<Pair> pairs, int label, RandomStream stream) {
        double[] usual = shares(pairs.stream().map(Pair::usual).toList(), label);
        double[] others = shares(pairs.stream().map(Pair::other).toList(), label);
        boolean[] group = new boolean[usual.length + others.length];
        Arrays.fill(group, 0, usual.length, true);
        return new StratifiedGroups(group, new int[group.length])
                .permutationP(
                        DoubleStream.concat(Arrays.stream(usual), Arrays.stream(others))
                                .toArray(),
                        1,
                        FLIPS,
                        randomness.of(Purpose.SWAPS_OVER_BACKGROUNDS.of(stream), 0));
    }

    /** Of each background, the share of objects in front of it that are called the class. */
    private static double[] shares(List<Answered> answered, int label) {
        Map<String, List<Answered>> byBackground = answered.stream()
                .collect(Collectors.groupingBy(
                        a -> a.composite().background().item().path(), TreeMap::new, Collectors.toList()));
        return byBackground.values().stream()
                .mapToDouble(
                        of -> (double) of.stream().filter(a -> a.best == label).count() / of.size())
                .toArray();
    }

    private SwapEffect effect(
            double[] values,
            double treated,
            double control,
            int available,
            int draws,
            double overBackgrounds,
            RandomStream stream) {
        PairedDifferences differences = new PairedDifferences(values);
        double p = differences.greaterP(FLIPS, randomness.of(Purpose.SWAPS_OVER_OBJECTS.of(stream), 0));
        Interval interval = differences
                .interval(new Bootstrap(RESAMPLES, randomness, stream))
                .within(-1, 1);
        Figure figure = new Figure(differences.mean(), interval.low(), interval.high(), values.length);
        return new SwapEffect(treated, control, figure, differences.spread(), p, p, available, draws, overBackgrounds);
    }

    private static SegmentedImage another(List<SegmentedImage> from, SegmentedImage than, SplittableRandom random) {
        SegmentedImage drawn;
        do {
            drawn = from.get(random.nextInt(from.size()));
        } while (drawn.item().path().equals(than.item().path()));
        return drawn;
    }

    /** Those of {@code segmented} whose scene is, or is not, one of {@code scenes}, without a class. */
    static List<SegmentedImage> backgrounds(
            List<SegmentedImage> segmented, int[] sceneOf, BitSet scenes, boolean in, int without) {
        List<SegmentedImage> found = new ArrayList<>();
        for (int i = 0; i < segmented.size(); i++) {
            if (scenes.get(sceneOf[i]) == in && segmented.get(i).label() != without) {
                found.add(segmented.get(i));
            }
        }
        return found;
    }
}
