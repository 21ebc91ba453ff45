package org.gazecheck.results;

import java.util.List;

/**
 * {@code heatmap-quality.json}: how good heatmap methods are on a sample of the run's images. Figures are means over
 * the images with 95 % bootstrap intervals.
 *
 * @param layer whose output the maps are of
 * @param images of the sample
 * @param steps into which the curves of insertion and deletion are cut
 */
public record HeatmapQuality(int schemaVersion, String layer, int images, int steps, List<Method> methods) {
    /** Of the files that this program writes. */
    public static final int SCHEMA_VERSION = 2;

    /** With the whole network random, maps whose rank correlation lies above this with its interval outlive the weights. */
    public static final double SURVIVES = 0.5;

    /** With the head alone random, maps whose rank correlation lies above this with its interval count as unchanged. */
    public static final double UNCHANGED = 0.9;

    /**
     * One method.
     *
     * @param name "gradcam", "gradcam++", ...
     * @param randomisation the cascade: with the head random, then the last stage too, and so on to the whole network; empty
     *     where the network's weights cannot be changed
     * @param robustness under a shift, a change of brightness, and JPEG
     * @param survivesRandomisation whether the maps survive the weights: then the method fails
     * @param beatsGaussian whether it beats a centred Gaussian by insertion, deletion and ROAD
     */
    public record Method(
            String name,
            List<Measure> faithfulness,
            List<Similarity> randomisation,
            List<Similarity> robustness,
            boolean survivesRandomisation,
            boolean beatsGaussian) {}

    /**
     * One measure of faithfulness.
     *
     * @param name "insertion" (0..1), "deletion" (0..1), "road" (-0.5..0.5), "average-drop" (0..1) or "increase" (0..1)
     * @param highIsGood whether more is better
     * @param mean of the method
     * @param random of a map of random numbers
     * @param gaussian of a Gaussian in the middle
     * @param overRandom by how much the method is better than the random map, paired by image; negative: worse
     * @param overGaussian by how much the method is better than the Gaussian, paired by image; negative: worse
     */
    public record Measure(
            String name,
            boolean highIsGood,
            Figure mean,
            Figure random,
            Figure gaussian,
            Figure overRandom,
            Figure overGaussian) {}

    /**
     * How alike maps are to those of the trained network on the images as they are.
     *
     * @param name of the step or perturbation
     * @param rankCorrelation Spearman's, -1..1
     * @param structuralSimilarity SSIM, -1..1
     */
    public record Similarity(String name, Figure rankCorrelation, Figure structuralSimilarity) {}
}
