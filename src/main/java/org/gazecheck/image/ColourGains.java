package org.gazecheck.image;

/**
 * A colour cast: each channel's stored values (sRGB, not linear) times a gain. In linear light that is nearly a gain too, since
 * sRGB is nearly a power law.
 *
 * @param red above 0, as the others
 */
public record ColourGains(double red, double green, double blue) implements Alteration {
    /**
     * Gains that move both axes of colour ({@link ColourCast}) and leave the mean of the channels' logarithms.
     *
     * @param temperature added to log red - log blue
     * @param tint added to log green - (log red + log blue) / 2
     */
    public static ColourGains shift(double temperature, double tint) {
        return new ColourGains(
                Math.exp(temperature / 2 - tint / 3), Math.exp(2 * tint / 3), Math.exp(-temperature / 2 - tint / 3));
    }

    @Override
    public RgbImage of(RgbImage image) {
        double[] gains = {red, green, blue};
        byte[] rgb = new byte[image.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = Alteration.clipped((image.rgb()[i] & 0xff) * gains[i % 3]);
        }
        return new RgbImage(image.width(), image.height(), rgb);
    }

    @Override
    public String identity() {
        return "gains " + red + " " + green + " " + blue;
    }
}
