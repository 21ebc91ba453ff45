package org.gazecheck.image;

/**
 * Over which length luma turns: the root of the energy of its gradient over the energy of its Laplacian. How much there is to see
 * cancels out, other than in the variance of the Laplacian. Of a wave it is its length over 2 pi; of white noise that is blurred with
 * standard deviation s it is s / sqrt(2).
 */
public final class BlurLength {
    /** Of both energies, so that a uniform image is not 0 by 0. */
    private static final double FLOOR = 0.01;

    private BlurLength() {}

    /** @return as a share of the short side, above 0 */
    public static double of(RgbImage image) {
        Luma luma = Luma.of(image);
        int w = luma.width();
        int[] v = luma.values();
        double gradient = FLOOR;
        double laplacian = FLOOR;
        for (int y = 1; y < luma.height() - 1; y++) {
            for (int i = y * w + 1; i < (y + 1) * w - 1; i++) {
                double dx = (v[i + 1] - v[i - 1]) / 2.0;
                double dy = (v[i + w] - v[i - w]) / 2.0;
                double l = v[i - w] + v[i + w] + v[i - 1] + v[i + 1] - 4.0 * v[i];
                gradient += dx * dx + dy * dy;
                laplacian += l * l;
            }
        }
        return Math.sqrt(gradient / laplacian) / Math.min(w, luma.height());
    }
}
