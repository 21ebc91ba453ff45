package org.gazecheck.image;

import java.util.Locale;

/**
 * Less or more of one of three: blended with black, with the mean grey, with the grey image ({@link ColourJitter}).
 *
 * @param factor 1 leaves the image as it is, 0 leaves nothing but what it is blended with
 */
public record ToneChange(Tone of, double factor) implements Alteration {
    /** What is changed. */
    public enum Tone {
        BRIGHTNESS,
        CONTRAST,
        SATURATION
    }

    @Override
    public RgbImage of(RgbImage image) {
        byte[] rgb = image.rgb().clone();
        switch (of) {
            case BRIGHTNESS -> ColourJitter.brightness(rgb, (float) factor);
            case CONTRAST -> ColourJitter.contrast(rgb, (float) factor);
            case SATURATION -> ColourJitter.saturation(rgb, (float) factor);
        }
        return new RgbImage(image.width(), image.height(), rgb);
    }

    @Override
    public String identity() {
        return of.name().toLowerCase(Locale.ROOT) + " " + factor;
    }
}
