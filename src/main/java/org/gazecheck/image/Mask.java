package org.gazecheck.image;

import java.util.Arrays;

/**
 * What belongs to the object of an image.
 *
 * @param foreground [height, width]
 * @param unknown [height, width]: what is neither object nor background, and counts for neither; never foreground
 */
public record Mask(int width, int height, boolean[] foreground, boolean[] unknown) {
    private static final int THRESHOLD = 128;

    public Mask {
        int pixels = Math.multiplyExact(width, height);
        if (width <= 0 || height <= 0 || foreground.length != pixels || unknown.length != pixels) {
            throw new IllegalArgumentException(
                    width + "x" + height + " with " + foreground.length + " and " + unknown.length + " values");
        }
    }

    /** Every pixel is object or background. */
    public Mask(int width, int height, boolean[] foreground) {
        this(width, height, foreground, new boolean[foreground.length]);
    }

    /** Nothing is known of any pixel. */
    public static Mask unknown(int width, int height) {
        boolean[] all = new boolean[width * height];
        Arrays.fill(all, true);
        return new Mask(width, height, new boolean[all.length], all);
    }

    /** How many pixels belong to the object. */
    public int objectPixels() {
        return count(foreground);
    }

    /** The object's share of all pixels that are known, 0..1; NaN where none is. */
    public double area() {
        int known = unknown.length - count(unknown);
        return known == 0 ? Double.NaN : (double) objectPixels() / known;
    }

    private static int count(boolean[] pixels) {
        int count = 0;
        for (boolean pixel : pixels) {
            count += pixel ? 1 : 0;
        }
        return count;
    }

    /** The mask of the framed image: resized as the image is, and cut at one half. */
    public Mask frame(Preprocessing preprocessing) {
        Framing framing = Framing.of(width, height, preprocessing);
        int size = framing.crop();
        return cutAtHalf(
                size,
                size,
                framing.cut(shares(foreground, framing.width(), framing.height()), 1),
                framing.cut(shares(unknown, framing.width(), framing.height()), 1));
    }

    /** Resized as an image is, and cut at one half. */
    Mask resized(int w, int h) {
        return cutAtHalf(w, h, shares(foreground, w, h), shares(unknown, w, h));
    }

    /** How much of each pixel is not background when the mask is resized as an image is: [h, w], 0..255 unsigned. */
    byte[] notBackground(int w, int h) {
        boolean[] either = foreground.clone();
        for (int i = 0; i < either.length; i++) {
            either[i] |= unknown[i];
        }
        return shares(either, w, h);
    }

    private static Mask cutAtHalf(int w, int h, byte[] object, byte[] neither) {
        boolean[] foreground = new boolean[object.length];
        boolean[] unknown = new boolean[object.length];
        for (int i = 0; i < foreground.length; i++) {
            int left = 255 - (neither[i] & 0xff);
            unknown[i] = left < THRESHOLD;
            foreground[i] = !unknown[i] && 2 * (object[i] & 0xff) >= left;
        }
        return new Mask(w, h, foreground, unknown);
    }

    private byte[] shares(boolean[] pixels, int w, int h) {
        byte[] grey = new byte[pixels.length];
        boolean any = false;
        for (int i = 0; i < grey.length; i++) {
            any |= pixels[i];
            grey[i] = (byte) (pixels[i] ? 255 : 0);
        }
        return any ? Resizer.resizeChannel(grey, width, height, w, h) : new byte[w * h];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask m
                && width == m.width
                && height == m.height
                && Arrays.equals(foreground, m.foreground)
                && Arrays.equals(unknown, m.unknown);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(foreground) + 7 * Arrays.hashCode(unknown);
    }
}
