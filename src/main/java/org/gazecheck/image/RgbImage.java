package org.gazecheck.image;

/**
 * An image in memory.
 *
 * @param rgb unsigned bytes [height, width, 3], red first
 */
public record RgbImage(int width, int height, byte[] rgb) {
    public RgbImage {
        if (width <= 0 || height <= 0 || rgb.length != Math.multiplyExact(Math.multiplyExact(width, height), 3)) {
            throw new IllegalArgumentException(width + "x" + height + " with " + rgb.length + " bytes");
        }
    }
}
