package org.gazecheck.audit.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.gazecheck.evaluate.Logits;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Tensor;
import org.gazecheck.stats.Purpose.Subject;

/**
 * How a network's confidence in one class follows a heatmap of one image: does the class go when the map's pixels go,
 * and come when they come? Pixels are ordered by the map's raw value, so that what speaks against the class counts as least
 * relevant. Confidence is the softmax probability of the class.
 *
 * @param insertion area under the confidence over the share of pixels inserted into the blurred image, most relevant
 *     first (Petsiuk et al. 2018, RISE), 0..1: high is good
 * @param deletion area under the confidence over the share of pixels replaced by the blank colour, most relevant first,
 *     0..1: low is good
 * @param road half the confidence with the least relevant pixels imputed minus that with the most relevant ones imputed,
 *     meaned over 20, 40, 60 and 80 % of the pixels (Rong et al. 2022), -0.5..0.5: high is good
 * @param drop of the confidence, relative to what it was, with the image multiplied by the map's positive part; 0
 *     where it rises (Chattopadhay et al. 2018), 0..1: low is good
 * @param increase 1 where it rises, else 0
 */
record Faithfulness(double insertion, double deletion, double road, double drop, double increase) {
    private static final double[] IMPUTED = {0.2, 0.4, 0.6, 0.8};

    /** The measures in order, as they are named in results. */
    static final List<String> MEASURES = List.of("insertion", "deletion", "road", "average-drop", "increase");

    /** Of the random numbers of {@link #MEASURES}. */
    static final List<Subject> SUBJECTS =
            List.of(Subject.INSERTION, Subject.DELETION, Subject.ROAD, Subject.AVERAGE_DROP, Subject.INCREASE);

    /** In the order of {@link #MEASURES}. */
    double[] values() {
        return new double[] {insertion, deletion, road, drop, increase};
    }

    /**
     * Of several maps of one image.
     *
     * @param heats each [h w], as large as the image
     * @param steps into which curves are cut, at least 1
     * @param random of the imputation's noise
     */
    static List<Faithfulness> of(
            RgbImage image,
            int target,
            List<float[]> heats,
            MappedNetwork network,
            Normalisation normalisation,
            int steps,
            SplittableRandom random) {
        RgbImage blurred = Occlusion.blurred(image);
        RgbImage blank = Occlusion.blank(image, normalisation);
        List<Supplier<RgbImage>> images = new ArrayList<>(List.of(() -> image, () -> blurred, () -> blank));
        int ends = images.size();
        for (float[] heat : heats) {
            int[] order = PixelOrder.mostRelevantFirst(heat);
            int[] reversed = PixelOrder.reversed(order);
            for (int s = 1; s < steps; s++) {
                int count = share(order, (double) s / steps);
                images.add(() -> Occlusion.mixed(image, blurred, order, count));
            }
            for (int s = 1; s < steps; s++) {
                int count = share(order, (double) s / steps);
                images.add(() -> Occlusion.mixed(blank, image, order, count));
            }
            for (double share : IMPUTED) {
                int count = share(order, share);
                SplittableRandom least = random.split();
                images.add(() -> LinearImputation.impute(image, reversed, count, least));
                SplittableRandom most = random.split();
                images.add(() -> LinearImputation.impute(image, order, count, most));
            }
            images.add(() -> Occlusion.under(heat, image, normalisation));
        }
        double[] c = confidences(images.parallelStream().map(Supplier::get).toList(), target, network);
        int each = (images.size() - ends) / heats.size();
        List<Faithfulness> all = new ArrayList<>();
        for (int m = 0; m < heats.size(); m++) {
            int from = ends + m * each;
            all.add(scored(Arrays.copyOfRange(c, from, from + each), Arrays.copyOf(c, ends), steps));
        }
        return all;
    }

    private static int share(int[] order, double share) {
        return (int) Math.round(share * order.length);
    }

    private static Faithfulness scored(double[] c, double[] ends, int steps) {
        double whole = ends[0];
        double insertion = (ends[1] + whole) / 2;
        double deletion = (whole + ends[2]) / 2;
        for (int s = 0; s < steps - 1; s++) {
            insertion += c[s];
            deletion += c[steps - 1 + s];
        }
        int at = 2 * (steps - 1);
        double road = 0;
        for (int i = 0; i < IMPUTED.length; i++) {
            road += (c[at + 2 * i] - c[at + 2 * i + 1]) / 2 / IMPUTED.length;
        }
        double masked = c[at + 2 * IMPUTED.length];
        double drop = Math.max(0, whole - masked) / whole;
        return new Faithfulness(insertion / steps, deletion / steps, road, drop, masked > whole ? 1 : 0);
    }

    private static double[] confidences(List<RgbImage> images, int target, MappedNetwork network) {
        Tensor found = network.logits(images);
        int classes = found.shape()[1];
        float[] probabilities = new Logits(images.size(), classes, found.data()).probabilities(1);
        double[] confidences = new double[images.size()];
        for (int i = 0; i < confidences.length; i++) {
            confidences[i] = probabilities[i * classes + target];
        }
        return confidences;
    }
}
