package org.gazecheck.image;

/**
 * Written as a JPEG file and read again, with the tables of T.81, annex K, scaled as libjpeg scales them, and colour at half the
 * resolution.
 *
 * @param quality of libjpeg, 1..100
 */
public record JpegCompression(int quality) implements Alteration {
    public JpegCompression {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality " + quality);
        }
    }

    @Override
    public RgbImage of(RgbImage image) {
        return Jpeg.recompressed(image, quality / 100f);
    }

    @Override
    public String identity() {
        return "jpeg " + quality;
    }
}
