package org.gazecheck.image;

/**
 * A change of a whole image that a camera, a scanner or a program can make, at the size of the file. Deterministic: the same
 * image gives the same bytes.
 */
public sealed interface Alteration
        permits ColourGains, GaussianBlur, GaussianNoise, JpegCompression, Shift, ToneChange, Vignette, Zoom {
    /** Of the same size; the image that is given stays as it is. */
    RgbImage of(RgbImage image);

    /** What it does, with all that its result depends on. */
    String identity();

    /** Rounded to the nearest of 0..255. */
    static byte clipped(double value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
}
