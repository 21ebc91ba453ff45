package org.gazecheck.audit.quality;

import java.util.function.IntToDoubleFunction;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.RgbImage;

/** Images of which a heatmap shows or hides a part. */
final class Occlusion {
    /** Blur of the insertion game at 224 pixels, in pixels (Petsiuk et al. 2018); scaled with the image. */
    private static final double BLUR = 5;

    private static final double BLUR_SIDE = 224;

    private Occlusion() {}

    /** {@code below}, with the first {@code count} pixels of {@code order} taken from {@code above}. */
    static RgbImage mixed(RgbImage above, RgbImage below, int[] order, int count) {
        byte[] rgb = below.rgb().clone();
        for (int i = 0; i < count; i++) {
            System.arraycopy(above.rgb(), 3 * order[i], rgb, 3 * order[i], 3);
        }
        return new RgbImage(below.width(), below.height(), rgb);
    }

    /** The colour that normalisation makes zero, everywhere. */
    static RgbImage blank(RgbImage like, Normalisation normalisation) {
        byte[] rgb = new byte[like.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = rounded(255.0 * normalisation.mean()[i % 3]);
        }
        return new RgbImage(like.width(), like.height(), rgb);
    }

    /**
     * The image times the map's positive part, scaled to a maximum of 1: what the map does not point at turns into
     * the blank colour (Chattopadhay et al. 2018, section 4.1).
     *
     * @param heat [h w], as large as the image
     */
    static RgbImage under(float[] heat, RgbImage image, Normalisation normalisation) {
        float max = 0;
        for (float value : heat) {
            max = Math.max(max, value);
        }
        byte[] rgb = new byte[image.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            double share = max > 0 ? Math.max(0, heat[i / 3]) / max : 0;
            double mean = 255.0 * normalisation.mean()[i % 3];
            rgb[i] = rounded(mean + share * ((image.rgb()[i] & 0xff) - mean));
        }
        return new RgbImage(image.width(), image.height(), rgb);
    }

    /** Gaussian blur, 11 pixels wide with a standard deviation of 5 at 224 pixels; at the edges over what there is. */
    static RgbImage blurred(RgbImage image) {
        double sigma = BLUR * image.height() / BLUR_SIDE;
        int radius = Math.max(1, (int) Math.round(sigma));
        double[] kernel = new double[radius + 1];
        for (int d = 0; d <= radius; d++) {
            kernel[d] = Math.exp(-d * d / (2 * sigma * sigma));
        }
        double[] across = smoothed(image, i -> image.rgb()[i] & 0xff, kernel, 1, image.width());
        double[] both = smoothed(image, i -> across[i], kernel, image.width(), image.height());
        byte[] rgb = new byte[both.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = rounded(both[i]);
        }
        return new RgbImage(image.width(), image.height(), rgb);
    }

    private static double[] smoothed(
            RgbImage image, IntToDoubleFunction values, double[] kernel, int stride, int length) {
        int pixels = image.width() * image.height();
        double[] out = new double[3 * pixels];
        for (int p = 0; p < pixels; p++) {
            int place = p / stride % length;
            for (int c = 0; c < 3; c++) {
                double sum = 0;
                double weights = 0;
                for (int d = Math.max(1 - kernel.length, -place); d < kernel.length && place + d < length; d++) {
                    int i = 3 * (p + d * stride) + c;
                    double weight = kernel[Math.abs(d)];
                    sum += weight * values.applyAsDouble(i);
                    weights += weight;
                }
                out[3 * p + c] = sum / weights;
            }
        }
        return out;
    }

    static byte rounded(double value) {
        return (byte) Math.round(Math.max(0, Math.min(255, value)));
    }
}
