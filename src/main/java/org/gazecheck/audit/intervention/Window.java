package org.gazecheck.audit.intervention;

import java.util.SplittableRandom;

/**
 * A part of a square image.
 *
 * @param x of its left column
 * @param y of its top row
 * @param width in pixels
 * @param height in pixels
 */
record Window(int x, int y, int width, int height) {
    /** How much of a window lies outside the object at least, to count as outside. */
    static final double OUTSIDE = 0.9;

    private static final int PLACES = 100;

    /** Moved, and where the image is smaller than it shrunk, to lie inside. */
    static Window inside(int x, int y, int width, int height, int size) {
        int w = Math.min(width, size);
        int h = Math.min(height, size);
        return new Window(Math.max(0, Math.min(size - w, x)), Math.max(0, Math.min(size - h, y)), w, h);
    }

    /** With half its sides around it on every side, as far as an image of a size reaches. */
    Window withSurroundings(int size) {
        int left = Math.max(0, x - width / 2);
        int top = Math.max(0, y - height / 2);
        return new Window(
                left, top, Math.min(size, x + width + width / 2) - left, Math.min(size, y + height + height / 2) - top);
    }

    /** The share of its pixels that are known not to be of the object; all where nothing is known of an image. */
    double outside(SegmentedImage image) {
        if (!image.divisible()) {
            return 1;
        }
        boolean[] foreground = image.mask().foreground();
        boolean[] unknown = image.mask().unknown();
        int columns = image.mask().width();
        int out = 0;
        for (int row = y; row < y + height; row++) {
            for (int i = row * columns + x; i < row * columns + x + width; i++) {
                out += foreground[i] || unknown[i] ? 0 : 1;
            }
        }
        return (double) out / (width * height);
    }

    boolean isOutside(SegmentedImage image) {
        return outside(image) >= OUTSIDE;
    }

    boolean overlaps(Window other) {
        return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
    }

    boolean contains(int column, int row) {
        return column >= x && column < x + width && row >= y && row < y + height;
    }

    /** One of the same size that lies outside the image's object: itself, or else the first that is drawn, or else the best of all drawn. */
    Window moved(SegmentedImage image, SplittableRandom random) {
        return isOutside(image) ? this : drawn(image, random, false);
    }

    /** One of the same size that shares no pixel with it and lies outside the image's object, as far as there is one. */
    Window elsewhere(SegmentedImage image, SplittableRandom random) {
        return drawn(image, random, true);
    }

    private Window drawn(SegmentedImage image, SplittableRandom random, boolean apart) {
        int columns = image.frame().width() - width + 1;
        int rows = image.frame().height() - height + 1;
        Window best = this;
        double most = -1;
        for (int i = 0; i < PLACES && most < OUTSIDE; i++) {
            Window place = new Window(random.nextInt(columns), random.nextInt(rows), width, height);
            double outside = place.outside(image) - (apart && overlaps(place) ? 1 : 0);
            if (outside > most) {
                most = outside;
                best = place;
            }
        }
        return best;
    }
}
