package org.gazecheck.image;

/**
 * The geometry of {@link Preprocessing}: torchvision's {@code Resize(shortSide)} and {@code CenterCrop(crop)} with their
 * rounding. What is seen of an image lies in {@code [x, x + crop) x [y, y + crop)} of the resized one.
 *
 * @param width of the resized image
 * @param height of the resized image
 * @param x left edge of the crop
 * @param y upper edge of the crop
 */
public record Framing(int width, int height, int x, int y, int crop) {
    /** @throws IllegalArgumentException when the crop is larger than the short side */
    public static Framing of(int width, int height, Preprocessing preprocessing) {
        int size = preprocessing.shortSide();
        int crop = preprocessing.crop();
        if (crop > size) {
            throw new IllegalArgumentException("a crop of " + crop + " from a short side of " + size);
        }
        int w = width <= height ? size : (int) ((double) ((long) size * width) / height);
        int h = width <= height ? (int) ((double) ((long) size * height) / width) : size;
        return new Framing(w, h, (int) Math.rint((w - crop) / 2.0), (int) Math.rint((h - crop) / 2.0), crop);
    }

    /** @return [crop, crop, 3] */
    public static RgbImage frame(RgbImage image, Preprocessing preprocessing) {
        Framing framing = of(image.width(), image.height(), preprocessing);
        RgbImage resized = Resizer.resize(image, framing.width, framing.height);
        return new RgbImage(framing.crop, framing.crop, framing.cut(resized.rgb(), 3));
    }

    /**
     * @param pixels [height, width, channels]
     * @return [crop, crop, channels]
     */
    byte[] cut(byte[] pixels, int channels) {
        byte[] out = new byte[crop * crop * channels];
        int row = crop * channels;
        for (int r = 0; r < crop; r++) {
            System.arraycopy(pixels, ((y + r) * width + x) * channels, out, r * row, row);
        }
        return out;
    }
}
