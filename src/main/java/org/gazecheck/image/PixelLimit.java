package org.gazecheck.image;

/**
 * The sizes that are decoded.
 *
 * @param pixels the most
 */
record PixelLimit(long pixels) {
    private static final int LONGEST_TIMES = 100;

    /**
     * Refuses a size before anything of it is allocated.
     *
     * @param twice whether each pixel takes twice the memory
     */
    void check(int width, int height, boolean twice) throws InvalidImageException {
        if (width <= 0 || height <= 0) {
            throw new InvalidImageException("damaged: its header says " + width + "x" + height + " pixels");
        }
        if ((long) width * height * (twice ? 2 : 1) > pixels) {
            throw new InvalidImageException(width + "x" + height + " pixels are more than the " + pixels
                    + " that data.maxPixels allows"
                    + (twice ? " (counted twice: 16 bits a channel and progressive JPEG take twice the memory)" : ""));
        }
        if (Math.max(width, height) / LONGEST_TIMES > Math.min(width, height)) {
            throw new InvalidImageException(width + "x" + height + " pixels are too narrow: one side is more than "
                    + LONGEST_TIMES + " times the other");
        }
    }
}
