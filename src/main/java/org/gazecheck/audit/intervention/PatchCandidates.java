package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Holm;
import org.gazecheck.stats.Randomness;

/**
 * Proposes patches and other objects: {@linkplain MarkSearch marks} of which at least three tenths of the images called a class
 * show one, clearly more than of the others, and that are at one place or look alike.
 */
final class PatchCandidates {
    private static final double ASSOCIATED = 0.01;
    private static final double LEAST_SHARE = 0.3;
    private static final double LEAST_LIKENESS = 0.35;
    private static final double LEAST_STANDING = 0.75;
    private static final double LEAST_OUTSIDE = 0.5;
    private static final int OF_CLASS = 2;

    /** From here on it counts as a part of objects; another object that is like them, such as another flower, lies below. */
    private static final double OF_OBJECT = 0.25;

    private final List<LocatedImage> training;
    private final List<LocatedImage> all;
    private final int classes;
    private final Randomness randomness;

    /**
     * @param training images of train and val
     * @param held images of test
     */
    PatchCandidates(List<LocatedImage> training, List<LocatedImage> held, int classes, Randomness randomness) {
        this.training = training;
        this.all = new ArrayList<>(training);
        this.all.addAll(held);
        this.classes = classes;
        this.randomness = randomness;
    }

    /**
     * @param training images of train
     * @param held images of val and test
     */
    static PatchCandidates of(
            CellSource cells,
            List<SegmentedImage> training,
            List<SegmentedImage> held,
            int classes,
            Randomness randomness)
            throws IOException {
        List<SegmentedImage> all = new ArrayList<>(training);
        all.addAll(held);
        List<ImageCells> seen = cells.of(all);
        CellWhitening whitening = CellWhitening.of(seen.subList(0, training.size()));
        Map<Boolean, List<LocatedImage>> tested = LocatedImage.of(all, seen, whitening).stream()
                .collect(Collectors.partitioningBy(
                        located -> located.image().item().split() == Split.TEST));
        return new PatchCandidates(
                tested.getOrDefault(false, List.of()), tested.getOrDefault(true, List.of()), classes, randomness);
    }

    /** A mark with the images that show it, by path. */
    private record Seen(Mark mark, Map<String, Mark.Sight> carriers) {}

    List<Candidate> proposed() {
        MarkSearch search = new MarkSearch(training, randomness);
        List<Mark> found = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            found.addAll(search.of(label));
        }
        double[] q = Holm.correct(
                found.stream().mapToDouble(mark -> mark.prevalence().p()).toArray());
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < q.length; i++) {
            Mark mark = found.get(i).corrected(q[i]);
            if (q[i] < ASSOCIATED
                    && mark.prevalence().share() >= LEAST_SHARE
                    && mark.standing() >= LEAST_STANDING
                    && mark.outside() >= LEAST_OUTSIDE
                    && (mark.fixed() || mark.likeness() >= LEAST_LIKENESS)) {
                marks.add(mark);
            }
        }
        List<Seen> seen = different(marks);
        Set<String> marked = new HashSet<>();
        seen.stream().filter(one -> !one.mark.isBackground()).forEach(one -> marked.addAll(one.carriers.keySet()));
        return seen.stream().map(one -> (Candidate) candidate(one, marked)).toList();
    }

    /** Of each class the clearest, background last, and of those that mostly the same images show only the clearest. */
    private List<Seen> different(List<Mark> marks) {
        List<Seen> kept = new ArrayList<>();
        Map<Integer, Integer> ofClass = new HashMap<>();
        for (Mark mark : marks.stream()
                .sorted(Comparator.comparing(Mark::isBackground).thenComparingDouble(mark -> -mark.clearness()))
                .toList()) {
            if (ofClass.getOrDefault(mark.label(), 0) < OF_CLASS) {
                Seen seen = new Seen(mark, sights(mark));
                if (kept.stream().noneMatch(other -> other.mark.label() == mark.label() && same(other, seen))) {
                    kept.add(seen);
                    ofClass.merge(mark.label(), 1, Integer::sum);
                }
            }
        }
        return kept;
    }

    private static boolean same(Seen a, Seen b) {
        Set<String> both = new HashSet<>(a.carriers.keySet());
        both.retainAll(b.carriers.keySet());
        return 2 * both.size() > Math.min(a.carriers.size(), b.carriers.size());
    }

    private Map<String, Mark.Sight> sights(Mark mark) {
        Map<String, Mark.Sight> sights = new LinkedHashMap<>();
        for (LocatedImage image : all) {
            mark.in(image).ifPresent(sight -> sights.put(image.image().item().path(), sight));
        }
        return sights;
    }

    private PatchCandidate candidate(Seen seen, Set<String> marked) {
        int label = seen.mark.label();
        List<SegmentedImage> others = showing(seen, label, false);
        List<SegmentedImage> donors = others.size() >= PatchCandidate.DONORS
                ? others
                : SegmentedImage.distinct(others, showing(seen, label, true));
        List<SegmentedImage> clean = SegmentedImage.distinct(all.stream()
                .map(LocatedImage::image)
                .filter(image ->
                        image.label() != label && !marked.contains(image.item().path()))
                .toList());
        return new PatchCandidate(
                seen.mark,
                seen.carriers,
                donors,
                clean,
                donors.stream().allMatch(donor -> donor.label() != label),
                isOfObject(seen.mark),
                Crop.of(all.stream().map(LocatedImage::image).toList(), seen.carriers, label));
    }

    private boolean isOfObject(Mark mark) {
        return ObjectLook.of(training.stream()
                        .filter(located -> located.image().label() == mark.label())
                        .toList())
                .filter(look -> look.nearness(mark.direction()) >= OF_OBJECT)
                .isPresent();
    }

    /** Images of the class, or of others, whose windows lie outside their objects; of the class only where objects are known. */
    private List<SegmentedImage> showing(Seen seen, int label, boolean own) {
        return SegmentedImage.distinct(all.stream()
                .map(LocatedImage::image)
                .filter(image -> (image.label() == label) == own && (!own || image.divisible()))
                .filter(image -> {
                    Mark.Sight sight = seen.carriers.get(image.item().path());
                    return sight != null && sight.window().isOutside(image);
                })
                .toList());
    }
}
