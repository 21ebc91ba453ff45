package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gazecheck.image.RgbImage;
import org.gazecheck.progress.Progress;

/**
 * How strongly a property is put on, and what stands against it.
 *
 * @param put on
 * @param removed takes as much off; empty where that is impossible
 * @param controls of other kinds, each of which costs the network about as much confidence as what puts it on
 * @param kept the same for what takes it off; none where that is impossible
 */
record Edits(
        Property.Step put, Optional<Property.Step> removed, List<Property.Step> controls, List<Property.Step> kept) {
    /** So that one image that is called something else altogether does not decide alone. */
    private static final double LEAST = 1e-4;

    Edits {
        controls = List.copyOf(controls);
        kept = List.copyOf(kept);
    }

    /**
     * The step after which the median of images of other classes lies nearest to what a fifth of the class's carriers reach; and of
     * each kind of control the step whose mean loss of log probability of the true class lies nearest to that step's; the same for
     * the step that takes as much off.
     *
     * @param wanted value of carriers
     * @param images of other classes in train
     */
    static Edits of(
            Property property,
            double wanted,
            List<SegmentedImage> images,
            Originals originals,
            Scores scores,
            Progress progress)
            throws IOException {
        int step = step(property, wanted, images, originals);
        Property.Step put = property.steps().get(step);
        Optional<Property.Step> removed =
                property.removable() ? Optional.of(property.inverse().get(step)) : Optional.empty();
        List<Property.Step> tried = new ArrayList<>(List.of(put));
        removed.ifPresent(tried::add);
        int edits = tried.size();
        property.controls().forEach(tried::addAll);
        double[] confidence = confidence(property, tried, images, originals, scores, progress);
        double[] ofControls = Arrays.copyOfRange(confidence, edits, confidence.length);
        return new Edits(
                put,
                removed,
                matched(property, confidence[0], ofControls),
                removed.isPresent() ? matched(property, confidence[1], ofControls) : List.of());
    }

    /** Of each kind the step whose confidence lies nearest. */
    private static List<Property.Step> matched(Property property, double wanted, double[] confidence) {
        List<Property.Step> matched = new ArrayList<>();
        int from = 0;
        for (List<Property.Step> ladder : property.controls()) {
            int to = from + ladder.size();
            matched.add(ladder.get(nearest(wanted, Arrays.copyOfRange(confidence, from, to))));
            from = to;
        }
        return matched;
    }

    /** From the weakest on, until the wanted median is reached: what is stronger is not needed, and may measure as less again. */
    private static int step(Property property, double wanted, List<SegmentedImage> images, Originals originals)
            throws IOException {
        int nearest = 0;
        double distance = Double.POSITIVE_INFINITY;
        for (int s = 0; s < property.steps().size(); s++) {
            double median = median(property, s, images, originals);
            if (Math.abs(median - wanted) < distance) {
                distance = Math.abs(median - wanted);
                nearest = s;
            }
            if (median >= wanted) {
                return nearest;
            }
        }
        return nearest;
    }

    /** Of the measure after a step. */
    private static double median(Property property, int step, List<SegmentedImage> images, Originals originals)
            throws IOException {
        double[] values = new double[images.size()];
        for (int i = 0; i < values.length; i++) {
            SegmentedImage image = images.get(i);
            RgbImage altered = property.steps()
                    .get(step)
                    .on(image.item())
                    .of(originals.reader().of(image.item()));
            values[i] = property.measure().of(altered, originals.framed(altered), image);
        }
        return PropertyAssociation.median(values);
    }

    /** Mean log probability of the true class after each step. */
    private static double[] confidence(
            Property property,
            List<Property.Step> steps,
            List<SegmentedImage> images,
            Originals originals,
            Scores scores,
            Progress progress)
            throws IOException {
        List<Composite> composites = new ArrayList<>();
        for (Property.Step step : steps) {
            for (SegmentedImage image : images) {
                composites.add(property.altered(image, step, originals));
            }
        }
        float[][] probabilities = scores.probabilities(scores.of(composites, "match controls", progress));
        double[] means = new double[steps.size()];
        for (int i = 0; i < probabilities.length; i++) {
            int label = images.get(i % images.size()).label();
            means[i / images.size()] += Math.log(Math.max(LEAST, probabilities[i][label])) / images.size();
        }
        return means;
    }

    /** The first of those that lie nearest. */
    private static int nearest(double wanted, double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (Math.abs(values[i] - wanted) < Math.abs(values[best] - wanted)) {
                best = i;
            }
        }
        return best;
    }
}
