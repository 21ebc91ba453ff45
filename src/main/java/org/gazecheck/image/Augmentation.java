package org.gazecheck.image;

import java.util.SplittableRandom;
import org.gazecheck.config.TrainSettings;

/**
 * Random views of a training image, as torchvision draws them: {@code RandomResizedCrop}, {@code
 * RandomHorizontalFlip}, {@code ColorJitter} (whose kinds come in random order).
 */
public record Augmentation(TrainSettings.Views views) {
    private static final int TRIES = 10;
    private static final double MIN_RATIO = 3.0 / 4;
    private static final double MAX_RATIO = 4.0 / 3;

    /**
     * Draws one view.
     *
     * @return [size, size, 3]
     */
    public RgbImage draw(RgbImage original, int size, SplittableRandom random) {
        Crop crop = crop(original.width(), original.height(), random);
        RgbImage view = Resizer.cropThenResize(original, crop.x, crop.y, crop.width, crop.height, size, size);
        if (random.nextDouble() < 0.5) {
            mirror(view, view.rgb());
        }
        jitter(view.rgb(), random);
        return view;
    }

    /** Left and right exchanged. */
    public static RgbImage mirror(RgbImage image) {
        RgbImage out = new RgbImage(image.width(), image.height(), image.rgb().clone());
        mirror(image, out.rgb());
        return out;
    }

    private static void mirror(RgbImage image, byte[] out) {
        int row = image.width() * 3;
        byte[] in = image.rgb();
        for (int start = 0; start < in.length; start += row) {
            for (int left = start, right = start + row - 3; left <= right; left += 3, right -= 3) {
                for (int c = 0; c < 3; c++) {
                    byte value = in[left + c];
                    out[left + c] = in[right + c];
                    out[right + c] = value;
                }
            }
        }
    }

    /** A part of the image, in pixels. */
    record Crop(int x, int y, int width, int height) {}

    /** {@code RandomResizedCrop.get_params}. */
    Crop crop(int width, int height, SplittableRandom random) {
        double area = (double) width * height;
        for (int i = 0; i < TRIES; i++) {
            double target = area * between(views.minScale(), views.maxScale(), random);
            double ratio = Math.exp(between(Math.log(MIN_RATIO), Math.log(MAX_RATIO), random));
            int w = (int) Math.rint(Math.sqrt(target * ratio));
            int h = (int) Math.rint(Math.sqrt(target / ratio));
            if (w > 0 && w <= width && h > 0 && h <= height) {
                int y = random.nextInt(height - h + 1);
                int x = random.nextInt(width - w + 1);
                return new Crop(x, y, w, h);
            }
        }
        int w = (int) Math.min(width, Math.rint(height * MAX_RATIO));
        int h = (int) Math.min(height, Math.rint(width / MIN_RATIO));
        return new Crop((width - w) / 2, (height - h) / 2, w, h);
    }

    private void jitter(byte[] rgb, SplittableRandom random) {
        int[] order = {0, 1, 2, 3};
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kind = order[i];
            order[i] = order[j];
            order[j] = kind;
        }
        double brightness = factor(views.brightness(), random);
        double contrast = factor(views.contrast(), random);
        double saturation = factor(views.saturation(), random);
        double hue = between(-views.hue(), views.hue(), random);
        for (int kind : order) {
            switch (kind) {
                case 0 -> ColourJitter.brightness(rgb, (float) brightness);
                case 1 -> ColourJitter.contrast(rgb, (float) contrast);
                case 2 -> ColourJitter.saturation(rgb, (float) saturation);
                default -> ColourJitter.hue(rgb, hue);
            }
        }
    }

    private static double factor(double amount, SplittableRandom random) {
        return between(Math.max(0, 1 - amount), 1 + amount, random);
    }

    private static double between(double low, double high, SplittableRandom random) {
        return low + (high - low) * random.nextDouble();
    }
}
