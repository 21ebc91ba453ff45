package org.gazecheck.image;

/**
 * Convolution of the stored values with a normal distribution, cut off at three standard deviations; edges are repeated.
 *
 * @param sigma standard deviation as a share of the short side, above 0
 */
public record GaussianBlur(double sigma) implements Alteration {
    private static final double REACH = 3;

    @Override
    public RgbImage of(RgbImage image) {
        int width = image.width();
        int height = image.height();
        float[] kernel = kernel(sigma * Math.min(width, height));
        byte[] rgb = new byte[image.rgb().length];
        float[] plane = new float[width * height];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = image.rgb()[3 * i + c] & 0xff;
            }
            float[] blurred = columns(rows(plane, width, height, kernel), width, height, kernel);
            for (int i = 0; i < plane.length; i++) {
                rgb[3 * i + c] = Alteration.clipped(blurred[i]);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    @Override
    public String identity() {
        return "blur " + sigma;
    }

    /** Weights of the distances 0, 1, ...; their sum over both sides is 1. */
    private static float[] kernel(double sigma) {
        double[] weights = new double[(int) Math.ceil(REACH * sigma) + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(-0.5 * i * i / (sigma * sigma));
            sum += i == 0 ? weights[i] : 2 * weights[i];
        }
        float[] kernel = new float[weights.length];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (weights[i] / sum);
        }
        return kernel;
    }

    private static float[] rows(float[] plane, int width, int height, float[] kernel) {
        int reach = kernel.length - 1;
        float[] out = new float[plane.length];
        float[] row = new float[width + 2 * reach];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = plane[y * width + Math.max(0, Math.min(width - 1, x - reach))];
            }
            for (int k = -reach; k <= reach; k++) {
                float weight = kernel[Math.abs(k)];
                for (int x = 0; x < width; x++) {
                    out[y * width + x] += weight * row[x + reach + k];
                }
            }
        }
        return out;
    }

    private static float[] columns(float[] plane, int width, int height, float[] kernel) {
        int reach = kernel.length - 1;
        float[] out = new float[plane.length];
        for (int y = 0; y < height; y++) {
            for (int k = -reach; k <= reach; k++) {
                float weight = kernel[Math.abs(k)];
                int from = Math.max(0, Math.min(height - 1, y + k)) * width;
                for (int x = 0; x < width; x++) {
                    out[y * width + x] += weight * plane[from + x];
                }
            }
        }
        return out;
    }
}
