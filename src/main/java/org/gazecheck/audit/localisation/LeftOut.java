package org.gazecheck.audit.localisation;

import java.util.Optional;
import org.gazecheck.explain.Upsampling;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;

/**
 * What a heatmap shows outside the mask: whether that has the colours of the object, as its other instances have that the mask
 * leaves out, and its parts. A pixel has them when its colour, one of 8x8x8, is more frequent inside the mask than outside:
 * Bayes' rule with equal shares of object and background.
 *
 * @param energy of the heat outside the mask, the share on pixels that have the object's colours, 0..1
 * @param area of the pixels outside the mask, the share that have them, 0..1
 */
record LeftOut(double energy, double area) {
    private static final int LEVELS = 8;
    private static final int STEP = 256 / LEVELS;

    /** Times as much energy as area, and share of the energy, from which on the mask leaves out what looks like the object. */
    private static final double CONCENTRATED = 1.5;

    private static final double MOST = 0.5;

    /**
     * Empty where there is no object, no background, or no heat outside.
     *
     * @param map raw [height, width]; its positive part counts
     * @param mask framed as the network sees the image, [size, size]
     * @param image as the network sees it, [size, size, 3]
     */
    static Optional<LeftOut> of(float[] map, int height, int width, Mask mask, RgbImage image) {
        float[] heat = Upsampling.bilinear(map, height, width, image.height(), image.width());
        int[] colours = colours(image);
        double[] inside = new double[LEVELS * LEVELS * LEVELS];
        double[] outside = new double[inside.length];
        int object = 0;
        int background = 0;
        for (int i = 0; i < colours.length; i++) {
            if (mask.foreground()[i]) {
                inside[colours[i]]++;
                object++;
            } else if (!mask.unknown()[i]) {
                outside[colours[i]]++;
                background++;
            }
        }
        double all = 0;
        double alike = 0;
        int alikePixels = 0;
        for (int i = 0; i < colours.length; i++) {
            if (mask.foreground()[i] || mask.unknown()[i]) {
                continue;
            }
            double energy = Math.max(0, heat[i]);
            boolean like = inside[colours[i]] * background > outside[colours[i]] * object;
            all += energy;
            alike += like ? energy : 0;
            alikePixels += like ? 1 : 0;
        }
        return object == 0 || all == 0
                ? Optional.empty()
                : Optional.of(new LeftOut(alike / all, (double) alikePixels / background));
    }

    private static int[] colours(RgbImage image) {
        int[] colours = new int[image.width() * image.height()];
        for (int i = 0; i < colours.length; i++) {
            int colour = 0;
            for (int c = 3 * i; c < 3 * i + 3; c++) {
                colour = colour * LEVELS + (image.rgb()[c] & 0xff) / STEP;
            }
            colours[i] = colour;
        }
        return colours;
    }

    /** Whether most of the heat outside lies on what looks like the object, and more than would by chance. */
    boolean likeTheObject() {
        return energy > MOST && energy >= CONCENTRATED * area;
    }
}
