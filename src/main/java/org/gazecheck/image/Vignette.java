package org.gazecheck.image;

/**
 * Corners darker than the centre: stored values times {@code 1 - strength r^2}, with r the distance from the centre, 1 at the
 * corners.
 *
 * @param strength 0..1; of a negative one the factors are the reciprocals of those of its positive, so that it undoes it
 */
public record Vignette(double strength) implements Alteration {
    @Override
    public RgbImage of(RgbImage image) {
        int width = image.width();
        int height = image.height();
        byte[] rgb = new byte[image.rgb().length];
        for (int i = 0; i < width * height; i++) {
            double x = (2.0 * (i % width) + 1) / width - 1;
            double y = (2.0 * (i / width) + 1) / height - 1;
            double dark = 1 - Math.abs(strength) * (x * x + y * y) / 2;
            double factor = strength < 0 ? 1 / dark : dark;
            for (int c = 3 * i; c < 3 * i + 3; c++) {
                rgb[c] = Alteration.clipped(factor * (image.rgb()[c] & 0xff));
            }
        }
        return new RgbImage(width, height, rgb);
    }

    @Override
    public String identity() {
        return "vignette " + strength;
    }
}
