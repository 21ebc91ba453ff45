package org.gazecheck.knownanswers;

import java.util.Map;
import java.util.SplittableRandom;
import org.gazecheck.image.Jpeg;
import org.gazecheck.image.RgbImage;

/** What changes a whole image. Strengths vary by about a quarter from image to image. */
final class Degradation {
    private static final double SIGMA = 2.2;
    private static final double NOISE = 24;
    private static final double QUALITY = 0.08;
    private static final double SHIFT = 0.22;
    private static final double DARKNESS = 0.75;

    /** What each of red, green and blue is multiplied with, as a share of the shift. */
    private static final Map<String, double[]> CASTS = Map.of(
            "warm", new double[] {1, 0.1, -1},
            "cold", new double[] {-1, 0, 1},
            "green", new double[] {-0.6, 0.8, -0.6},
            "violet", new double[] {0.6, -0.9, 0.7});

    private Degradation() {}

    /** @param random of this image and this property */
    static RgbImage of(RgbImage image, Property property, SplittableRandom random) {
        double strength = property.strength() * Lot.between(random, 0.75, 1.25);
        return switch (property.artefact()) {
            case CAST -> cast(image, CASTS.get(property.variant()), SHIFT * strength);
            case VIGNETTE -> vignette(image, Math.min(1, DARKNESS * strength));
            case BLUR -> blurred(image, SIGMA * strength);
            case NOISE -> noisy(image, NOISE * strength, random);
            case COMPRESSION -> Jpeg.recompressed(image, (float) Math.min(0.95, QUALITY / strength));
            default -> image;
        };
    }

    private static RgbImage cast(RgbImage image, double[] direction, double shift) {
        byte[] rgb = image.rgb().clone();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = clipped((rgb[i] & 0xff) * (1 + shift * direction[i % 3]));
        }
        return new RgbImage(image.width(), image.height(), rgb);
    }

    private static RgbImage vignette(RgbImage image, double darkness) {
        byte[] rgb = image.rgb().clone();
        double cx = (image.width() - 1) / 2.0;
        double cy = (image.height() - 1) / 2.0;
        double corner = cx * cx + cy * cy;
        for (int i = 0; i < rgb.length; i++) {
            double x = i / 3 % image.width() - cx;
            double y = i / 3 / image.width() - cy;
            double r2 = (x * x + y * y) / corner;
            rgb[i] = clipped((rgb[i] & 0xff) * (1 - darkness * r2 * Math.sqrt(r2)));
        }
        return new RgbImage(image.width(), image.height(), rgb);
    }

    private static RgbImage noisy(RgbImage image, double deviation, SplittableRandom random) {
        byte[] rgb = image.rgb().clone();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = clipped((rgb[i] & 0xff) + deviation * normal(random));
        }
        return new RgbImage(image.width(), image.height(), rgb);
    }

    /** Box and Muller (1958). */
    private static double normal(SplittableRandom random) {
        double u = 1 - random.nextDouble();
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    static RgbImage blurred(RgbImage image, double sigma) {
        int radius = (int) Math.ceil(3 * sigma);
        double[] weights = new double[2 * radius + 1];
        double sum = 0;
        for (int k = -radius; k <= radius; k++) {
            weights[k + radius] = Math.exp(-k * k / (2 * sigma * sigma));
            sum += weights[k + radius];
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] /= sum;
        }
        RgbImage across = pass(image, weights, radius, 1, 0);
        return pass(across, weights, radius, 0, 1);
    }

    private static RgbImage pass(RgbImage image, double[] weights, int radius, int dx, int dy) {
        int w = image.width();
        int h = image.height();
        byte[] in = image.rgb();
        byte[] out = new byte[in.length];
        for (int i = 0; i < out.length; i++) {
            int x = i / 3 % w;
            int y = i / 3 / w;
            double value = 0;
            for (int k = -radius; k <= radius; k++) {
                int nx = Math.min(w - 1, Math.max(0, x + k * dx));
                int ny = Math.min(h - 1, Math.max(0, y + k * dy));
                value += weights[k + radius] * (in[(ny * w + nx) * 3 + i % 3] & 0xff);
            }
            out[i] = clipped(value);
        }
        return new RgbImage(w, h, out);
    }

    private static byte clipped(double value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
}
