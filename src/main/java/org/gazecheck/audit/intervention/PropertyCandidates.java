package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gazecheck.data.Dataset;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Split;
import org.gazecheck.stats.BenjaminiHochberg;
import org.gazecheck.stats.Randomness;

/**
 * Proposes properties of whole images, and the size of the object: those that tell a class from all others in train and val. A
 * difference that species have by nature is proposed like any other; trying it tells whether the network goes by it. Of each class and
 * reason the clearest one. The size is told by masks that are given, or where fewer than half of a class's images have one that
 * divides them, by how large things look to the network ({@link ApparentSize}): an estimated mask is worst where an object is larger or
 * smaller than usual.
 */
final class PropertyCandidates implements CandidateSource {
    /** Least area under the ROC curve. */
    private static final double LEAST_AREA = 0.7;

    private static final double LEAST_SHARE = 0.3;
    private static final double ASSOCIATED = 0.01;

    /** Images of other classes by which strengths are decided. */
    private static final int CALIBRATED_BY = 12;

    private final Dataset dataset;
    private final Map<String, ImageProperties> properties = new HashMap<>();
    private final boolean estimatedMasks;
    private final Originals originals;
    private final Randomness randomness;

    /** @param properties of all images */
    PropertyCandidates(
            Dataset dataset,
            List<ImageProperties> properties,
            boolean estimatedMasks,
            Originals originals,
            Randomness randomness) {
        this.dataset = dataset;
        this.estimatedMasks = estimatedMasks;
        this.originals = originals;
        this.randomness = randomness;
        properties.forEach(p -> this.properties.put(p.path(), p));
    }

    /** An association before it is a candidate. */
    private record Found(PropertyAssociation association, Reason reason, boolean common, Maker maker) {
        /** Of those that are alike in this, the clearest is proposed. */
        List<Object> kind() {
            return List.of(association.label(), reason, common);
        }
    }

    /** Makes a candidate of an association. */
    private interface Maker {
        Candidate of(PropertyAssociation association, List<SegmentedImage> training);
    }

    @Override
    public List<Candidate> proposed(
            List<SegmentedImage> training, List<SegmentedImage> held, Optional<CellSource> cells) throws IOException {
        List<Found> found = new ArrayList<>();
        List<Integer> classes =
                IntStream.range(0, dataset.classes().size()).boxed().toList();
        int tests = 0;
        for (Property property : Properties.all()) {
            tests += find(property, classes, found);
        }
        List<SegmentedImage> all =
                Stream.concat(training.stream(), held.stream()).toList();
        List<Integer> masked = classes.stream()
                .filter(label -> cells.isEmpty() || !estimatedMasks && isMasked(label, all))
                .toList();
        List<Integer> unmasked =
                classes.stream().filter(label -> !masked.contains(label)).toList();
        for (SizeCandidate.Kind kind : SizeCandidate.Kind.values()) {
            Map<String, Double> values = values(p -> kind.value(p.objectArea()));
            tests += find(
                    values,
                    masked,
                    Reason.SIZE,
                    false,
                    found,
                    (association, images) -> new SizeCandidate(kind, association, values));
            if (!unmasked.isEmpty()) {
                Optional<ApparentSize> size =
                        ApparentSize.of(kind, cells.orElseThrow(), training, all, originals, randomness);
                if (size.isPresent()) {
                    tests += find(Properties.size(kind, size.get()), unmasked, found);
                }
            }
        }
        return clearest(found, tests, training);
    }

    /** Whether at least half of the class's images of train and val can be taken apart. */
    private static boolean isMasked(int label, List<SegmentedImage> sampled) {
        List<SegmentedImage> own = sampled.stream()
                .filter(image -> image.label() == label && image.item().split() != Split.TEST)
                .toList();
        return 2 * own.stream().filter(SegmentedImage::divisible).count() >= own.size();
    }

    private Map<String, Double> values(ToDoubleFunction<ImageProperties> value) {
        Map<String, Double> values = new HashMap<>();
        properties.values().forEach(p -> values.put(p.path(), value.applyAsDouble(p)));
        return values;
    }

    private int find(Property property, List<Integer> classes, List<Found> found) {
        Map<String, Double> values = values(property.value());
        return find(
                values,
                classes,
                property.reason(),
                property.common(),
                found,
                (association, images) -> new PropertyCandidate(
                        property,
                        association,
                        values,
                        others(images, association, values),
                        originals,
                        Optional.empty()));
    }

    /** @return how many classes were looked at */
    private int find(
            Map<String, Double> values,
            List<Integer> classes,
            Reason reason,
            boolean common,
            List<Found> found,
            Maker maker) {
        List<Dataset.Item> items = dataset.items().stream()
                .filter(item -> item.split() == Split.TRAIN || item.split() == Split.VAL)
                .filter(item -> !values.getOrDefault(item.path(), Double.NaN).isNaN())
                .toList();
        for (int label : classes) {
            PropertyAssociation.of(
                            label,
                            items.stream()
                                    .filter(item -> item.label() == label)
                                    .mapToDouble(item -> values.get(item.path()))
                                    .toArray(),
                            items.stream()
                                    .filter(item -> item.label() != label)
                                    .mapToDouble(item -> values.get(item.path()))
                                    .toArray(),
                            LEAST_AREA)
                    .ifPresent(association -> found.add(new Found(association, reason, common, maker)));
        }
        return classes.size();
    }

    private static List<Candidate> clearest(List<Found> found, int tests, List<SegmentedImage> training) {
        double[] p = new double[tests];
        Arrays.fill(p, 1);
        for (int i = 0; i < found.size(); i++) {
            p[i] = found.get(i).association.prevalence().p();
        }
        double[] q = BenjaminiHochberg.correct(p);
        Map<List<Object>, Found> best = new HashMap<>();
        for (int i = 0; i < found.size(); i++) {
            PropertyAssociation association = found.get(i).association.corrected(q[i]);
            Found kept = new Found(association, found.get(i).reason, found.get(i).common, found.get(i).maker);
            if (q[i] < ASSOCIATED && association.prevalence().share() >= LEAST_SHARE) {
                best.merge(kept.kind(), kept, (a, b) -> a.association.clearerThan(b.association) ? a : b);
            }
        }
        return best.values().stream()
                .sorted(Comparator.comparingInt((Found f) -> f.association.label())
                        .thenComparing(Found::reason)
                        .thenComparing(Found::common))
                .map(f -> f.maker.of(f.association, training))
                .toList();
    }

    /** The classes in turn, as the sample was drawn. */
    private static List<SegmentedImage> others(
            List<SegmentedImage> training, PropertyAssociation association, Map<String, Double> values) {
        Map<Integer, Integer> taken = new HashMap<>();
        List<SegmentedImage> free = training.stream()
                .filter(image -> image.label() != association.label()
                        && values.getOrDefault(image.item().path(), Double.NaN) < association.threshold())
                .toList();
        Map<SegmentedImage, Integer> turns = new HashMap<>();
        free.forEach(image -> turns.put(image, taken.merge(image.label(), 1, Integer::sum)));
        return free.stream()
                .sorted(Comparator.comparingInt(turns::get))
                .limit(CALIBRATED_BY)
                .toList();
    }
}
