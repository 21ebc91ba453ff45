package org.gazecheck.image;

/**
 * Moved right and down; what that leaves free is filled with the mirror image.
 *
 * @param share of the width and of the height, 0..1
 */
public record Shift(double share) implements Alteration {
    @Override
    public RgbImage of(RgbImage image) {
        int width = image.width();
        int height = image.height();
        return mirrored(image, (int) Math.round(share * width), (int) Math.round(share * height), width, height);
    }

    @Override
    public String identity() {
        return "shift " + share;
    }

    /** An image at a place of a larger one, its borders mirrored as often as it takes; the pixels at a border are repeated. */
    static RgbImage mirrored(RgbImage inner, int left, int top, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            int row = mirrored(y - top, inner.height()) * inner.width();
            for (int x = 0; x < width; x++) {
                int from = 3 * (row + mirrored(x - left, inner.width()));
                System.arraycopy(inner.rgb(), from, rgb, 3 * (y * width + x), 3);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private static int mirrored(int at, int length) {
        int turn = Math.floorMod(at, 2 * length);
        return turn < length ? turn : 2 * length - 1 - turn;
    }
}
