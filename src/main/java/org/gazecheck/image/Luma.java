package org.gazecheck.image;

/**
 * Luma of an image (ITU-R 601-2, as PIL's mode L).
 *
 * @param values [height, width], 0..255
 */
record Luma(int width, int height, int[] values) {
    static Luma of(RgbImage image) {
        int[] values = new int[image.width() * image.height()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ColourJitter.grey(image.rgb(), 3 * i);
        }
        return new Luma(image.width(), image.height(), values);
    }

    /** Rows and columns exchanged. */
    Luma transposed() {
        int[] out = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            out[i % width * height + i / width] = values[i];
        }
        return new Luma(height, width, out);
    }
}
