package org.gazecheck.explain;

import org.gazecheck.image.RgbImage;

/** A heatmap drawn over its image, in the colours of Turbo (Mikhailov 2019). */
public final class Overlay {
    private static final double STRONGEST = 0.65;
    private static final double[][] TURBO = {
        {0.13572138, 4.61539260, -42.66032258, 132.13108234, -152.94239396, 59.28637943},
        {0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604},
        {0.10667330, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973}
    };

    private Overlay() {}

    /**
     * The map's positive part, divided by its maximum, sets both colour and opacity: where the map is zero the image
     * shows as it is.
     *
     * @param image as the network saw it
     * @param map raw [h, w]
     */
    public static RgbImage draw(RgbImage image, float[] map, int h, int w) {
        float[] heat = Upsampling.bilinear(map, h, w, image.height(), image.width());
        float max = 0;
        for (float value : heat) {
            max = Math.max(max, value);
        }
        byte[] rgb = image.rgb().clone();
        for (int i = 0; i < heat.length && max > 0; i++) {
            double t = Math.max(0, heat[i] / max);
            double opacity = STRONGEST * Math.min(1, 2 * t);
            for (int c = 0; c < 3; c++) {
                double colour = 255 * Math.min(1, Math.max(0, turbo(c, t)));
                rgb[3 * i + c] = (byte) Math.round((1 - opacity) * (rgb[3 * i + c] & 0xff) + opacity * colour);
            }
        }
        return new RgbImage(image.width(), image.height(), rgb);
    }

    /** Polynomial fit of degree 5 as published with the colour map. */
    private static double turbo(int channel, double t) {
        double value = 0;
        for (int power = 5; power >= 0; power--) {
            value = value * t + TURBO[channel][power];
        }
        return value;
    }
}
