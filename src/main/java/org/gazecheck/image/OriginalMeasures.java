package org.gazecheck.image;

/**
 * Those of {@link CaptureMeasures} that only the whole image at its own size shows, and its file: resizing hides them, and so does
 * cutting out the centre.
 */
public record OriginalMeasures(double falloff, double noise, double blockiness, double quantiser) {
    /** @param file of the image */
    public static OriginalMeasures of(RgbImage image, byte[] file) {
        return new OriginalMeasures(
                Falloff.of(image), NoiseLevel.of(image), Blockiness.of(image), JpegTables.lumaQuantiser(file));
    }
}
