package org.gazecheck.image;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * The colour of what is least colourful: the mean of the twentieth of the pixels that lie nearest to grey, on two axes of stored
 * values (sRGB). A gain of a channel shifts all colours alike on these, grey too; a colourful thing shifts its own pixels only, and
 * these are not looked at as long as anything else is in the image. Measured outside the object where it is known, at a short side of
 * 64 pixels, without pixels that are nearly black or white.
 *
 * @param temperature {@code log R - log B}: above 0 warm, below 0 cold
 * @param tint {@code log G - (log R + log B) / 2}: above 0 green, below 0 magenta
 */
public record ColourCast(double temperature, double tint) {
    /** Where there are too few pixels to tell from. */
    static final ColourCast UNKNOWN = new ColourCast(Double.NaN, Double.NaN);

    private static final int SHORT_SIDE = 64;
    private static final int DARKEST = 24;
    private static final int LIGHTEST = 250;
    private static final int FEWEST = 200;
    private static final int SHARE = 20;

    /** Added to each value, so that colours without any of a channel are bounded. */
    private static final double FLOOR = 8;

    /** @param mask of the same part of the image, of any resolution */
    public static ColourCast of(RgbImage original, Optional<Mask> mask) {
        double scale = (double) SHORT_SIDE / Math.min(original.width(), original.height());
        int width = (int) Math.round(original.width() * scale);
        int height = (int) Math.round(original.height() * scale);
        byte[] rgb = Resizer.resize(original, width, height).rgb();
        ColourCast outside = mask.map(m -> leastColourful(colours(rgb, Optional.of(m.resized(width, height)))))
                .orElse(UNKNOWN);
        return Double.isNaN(outside.temperature) ? leastColourful(colours(rgb, Optional.empty())) : outside;
    }

    private static ColourCast leastColourful(ColourCast[] colours) {
        if (colours.length < FEWEST) {
            return UNKNOWN;
        }
        Arrays.sort(colours, Comparator.comparingDouble(ColourCast::chroma));
        int n = colours.length / SHARE;
        double temperature = 0;
        double tint = 0;
        for (int i = 0; i < n; i++) {
            temperature += colours[i].temperature / n;
            tint += colours[i].tint / n;
        }
        return new ColourCast(temperature, tint);
    }

    private static ColourCast[] colours(byte[] rgb, Optional<Mask> mask) {
        ColourCast[] colours = new ColourCast[rgb.length / 3];
        int n = 0;
        for (int i = 0; i < colours.length; i++) {
            int r = rgb[3 * i] & 0xff;
            int g = rgb[3 * i + 1] & 0xff;
            int b = rgb[3 * i + 2] & 0xff;
            int most = Math.max(r, Math.max(g, b));
            boolean object = mask.isPresent()
                    && (mask.get().foreground()[i] || mask.get().unknown()[i]);
            if (!object && most >= DARKEST && most <= LIGHTEST) {
                double red = Math.log(r + FLOOR);
                double green = Math.log(g + FLOOR);
                double blue = Math.log(b + FLOOR);
                colours[n++] = new ColourCast(red - blue, green - (red + blue) / 2);
            }
        }
        return Arrays.copyOf(colours, n);
    }

    /** Distance from grey, the same for the three primaries. */
    private double chroma() {
        return Math.hypot(temperature * Math.sqrt(3) / 2, tint);
    }
}
