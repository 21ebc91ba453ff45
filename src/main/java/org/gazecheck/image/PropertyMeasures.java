package org.gazecheck.image;

import java.util.Arrays;
import java.util.Optional;

/**
 * Light, colour and composition of an image, measured at a short side of 256 pixels so that images of any
 * resolution compare. The measures are defined at {@code org.gazecheck.results.ImageProperties}.
 */
public record PropertyMeasures(
        double brightness,
        double contrast,
        double sharpness,
        double saturation,
        double objectHue,
        double backgroundHue,
        double objectArea,
        double objectX,
        double objectY) {
    private static final int SHORT_SIDE = 256;

    /**
     * @param mask of the same part of the image, of any resolution
     */
    public static PropertyMeasures of(RgbImage original, Optional<Mask> mask) {
        double scale = (double) SHORT_SIDE / Math.min(original.width(), original.height());
        int width = (int) Math.round(original.width() * scale);
        int height = (int) Math.round(original.height() * scale);
        RgbImage image = Resizer.resize(original, width, height);
        int[] luma = luma(image);
        double mean = Arrays.stream(luma).average().orElseThrow();
        double squares = Arrays.stream(luma)
                .mapToDouble(l -> (l - mean) * (l - mean))
                .average()
                .orElseThrow();
        Composition flower =
                mask.map(m -> Composition.of(m.resized(width, height), image)).orElse(Composition.NONE);
        return new PropertyMeasures(
                mean / 255,
                Math.sqrt(squares) / 255,
                laplacianVariance(luma, width, height),
                saturation(image.rgb()),
                flower.hue,
                flower.backgroundHue,
                flower.area,
                flower.x,
                flower.y);
    }

    private static int[] luma(RgbImage image) {
        int[] luma = new int[image.width() * image.height()];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = ColourJitter.grey(image.rgb(), 3 * i);
        }
        return luma;
    }

    /** Variance of {@code up + down + left + right - 4 centre} over all pixels but the outermost. */
    private static double laplacianVariance(int[] luma, int width, int height) {
        double sum = 0;
        double squares = 0;
        for (int y = 1; y < height - 1; y++) {
            for (int i = y * width + 1; i < (y + 1) * width - 1; i++) {
                double l = luma[i - width] + luma[i + width] + luma[i - 1] + luma[i + 1] - 4.0 * luma[i];
                sum += l;
                squares += l * l;
            }
        }
        double n = (width - 2.0) * (height - 2.0);
        return squares / n - (sum / n) * (sum / n);
    }

    private static double saturation(byte[] rgb) {
        double sum = 0;
        for (int i = 0; i < rgb.length; i += 3) {
            int max = Math.max(rgb[i] & 0xff, Math.max(rgb[i + 1] & 0xff, rgb[i + 2] & 0xff));
            int min = Math.min(rgb[i] & 0xff, Math.min(rgb[i + 1] & 0xff, rgb[i + 2] & 0xff));
            sum += max == 0 ? 0 : (double) (max - min) / max;
        }
        return sum / (rgb.length / 3.0);
    }

    /** What a mask says. */
    private record Composition(double hue, double backgroundHue, double area, double x, double y) {
        static final Composition NONE = new Composition(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

        static Composition of(Mask mask, RgbImage image) {
            Hue flower = new Hue();
            Hue background = new Hue();
            long count = 0;
            double sumX = 0;
            double sumY = 0;
            for (int i = 0; i < mask.foreground().length; i++) {
                boolean inside = mask.foreground()[i];
                if (!mask.unknown()[i]) {
                    (inside ? flower : background).add(image.rgb(), 3 * i);
                }
                if (inside) {
                    count++;
                    sumX += i % image.width() + 0.5;
                    sumY += i / image.width() + 0.5;
                }
            }
            return new Composition(
                    flower.degrees(),
                    background.degrees(),
                    mask.area(),
                    count == 0 ? Double.NaN : sumX / count / image.width(),
                    count == 0 ? Double.NaN : sumY / count / image.height());
        }
    }

    /**
     * The circular mean of hues, weighted by chroma: the direction of the sum of {@code r + g e^(2 pi i / 3) + b e^(4 pi i
     * / 3)}, whose direction is a colour's hue and whose length its chroma (Hanbury 2008).
     */
    private static final class Hue {
        private static final double NONE = 1e-6;
        private double alpha;
        private double beta;

        void add(byte[] rgb, int i) {
            double r = (rgb[i] & 0xff) / 255.0;
            double g = (rgb[i + 1] & 0xff) / 255.0;
            double b = (rgb[i + 2] & 0xff) / 255.0;
            alpha += r - (g + b) / 2;
            beta += Math.sqrt(3) / 2 * (g - b);
        }

        double degrees() {
            if (Math.hypot(alpha, beta) < NONE) {
                return Double.NaN;
            }
            double degrees = Math.toDegrees(Math.atan2(beta, alpha));
            return degrees < 0 ? degrees + 360 : degrees;
        }
    }
}
