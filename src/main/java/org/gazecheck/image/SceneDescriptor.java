package org.gazecheck.image;

import java.util.Optional;

/**
 * What the scene around an object looks like: colour and texture of the region outside its mask, two pixels away from
 * it, with the image squeezed to 128x128. Ten numbers: mean and standard deviation of luma, of red less green,
 * and of yellow less blue; logarithms of the mean squared gradient and of the mean squared Laplacian (coarse and fine
 * texture); how much more gradients point sideways than up, and along one diagonal than the other, -1..1. They have
 * different units: standardise before measuring distances.
 */
public final class SceneDescriptor {
    /** How many numbers there are. */
    public static final int LENGTH = 10;

    private static final int SIDE = 128;
    private static final int MARGIN = 2;
    private static final int OUTSIDE = 8;
    private static final int FEWEST = 200;
    private static final double EPSILON = 1e-6;

    private SceneDescriptor() {}

    /** Empty when fewer than 200 of the 16384 pixels are outside: there is no scene to describe. */
    public static Optional<double[]> of(RgbImage original, Mask mask) {
        RgbImage image = Resizer.resize(original, SIDE, SIDE);
        boolean[] scene = outside(mask.notBackground(SIDE, SIDE));
        double[] luma = new double[SIDE * SIDE];
        double[] redGreen = new double[SIDE * SIDE];
        double[] yellowBlue = new double[SIDE * SIDE];
        byte[] rgb = image.rgb();
        for (int i = 0; i < luma.length; i++) {
            double r = (rgb[3 * i] & 0xff) / 255.0;
            double g = (rgb[3 * i + 1] & 0xff) / 255.0;
            double b = (rgb[3 * i + 2] & 0xff) / 255.0;
            luma[i] = 0.299 * r + 0.587 * g + 0.114 * b;
            redGreen[i] = r - g;
            yellowBlue[i] = (r + g) / 2 - b;
        }
        int count = 0;
        for (boolean inScene : scene) {
            count += inScene ? 1 : 0;
        }
        if (count < FEWEST) {
            return Optional.empty();
        }
        double[] out = new double[LENGTH];
        moments(luma, scene, count, out, 0);
        moments(redGreen, scene, count, out, 2);
        moments(yellowBlue, scene, count, out, 4);
        texture(luma, scene, count, out, 6);
        return Optional.of(out);
    }

    private static boolean[] outside(byte[] shares) {
        boolean[] outside = new boolean[shares.length];
        for (int y = 1; y < SIDE - 1; y++) {
            for (int x = 1; x < SIDE - 1; x++) {
                outside[y * SIDE + x] = clear(shares, x, y);
            }
        }
        return outside;
    }

    private static boolean clear(byte[] shares, int x, int y) {
        for (int dy = -MARGIN; dy <= MARGIN; dy++) {
            for (int dx = -MARGIN; dx <= MARGIN; dx++) {
                int column = Math.min(SIDE - 1, Math.max(0, x + dx));
                int row = Math.min(SIDE - 1, Math.max(0, y + dy));
                if ((shares[row * SIDE + column] & 0xff) >= OUTSIDE) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void moments(double[] values, boolean[] scene, int count, double[] out, int at) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            sum += scene[i] ? values[i] : 0;
            squares += scene[i] ? values[i] * values[i] : 0;
        }
        double mean = sum / count;
        out[at] = mean;
        out[at + 1] = Math.sqrt(Math.max(0, squares / count - mean * mean));
    }

    private static void texture(double[] luma, boolean[] scene, int count, double[] out, int at) {
        double xx = 0;
        double yy = 0;
        double xy = 0;
        double fine = 0;
        for (int i = SIDE + 1; i < luma.length - SIDE - 1; i++) {
            if (scene[i]) {
                double dx = (luma[i + 1] - luma[i - 1]) / 2;
                double dy = (luma[i + SIDE] - luma[i - SIDE]) / 2;
                double l = luma[i + 1] + luma[i - 1] + luma[i + SIDE] + luma[i - SIDE] - 4 * luma[i];
                xx += dx * dx / count;
                yy += dy * dy / count;
                xy += dx * dy / count;
                fine += l * l / count;
            }
        }
        out[at] = Math.log(EPSILON + xx + yy);
        out[at + 1] = Math.log(EPSILON + fine);
        out[at + 2] = (xx - yy) / (EPSILON + xx + yy);
        out[at + 3] = 2 * xy / (EPSILON + xx + yy);
    }
}
