package org.gazecheck.image;

/**
 * Larger or smaller about the image's centre: what a larger image leaves over is cut off, what a smaller one leaves free is filled
 * with its mirror images, so that no border stands out.
 *
 * @param factor of lengths, above 0
 */
public record Zoom(double factor) implements Alteration {
    public Zoom {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("factor " + factor);
        }
    }

    @Override
    public RgbImage of(RgbImage image) {
        int width = image.width();
        int height = image.height();
        if (factor >= 1) {
            double w = width / factor;
            double h = height / factor;
            return Resizer.resize(image, (width - w) / 2, (height - h) / 2, w, h, width, height);
        }
        RgbImage inner = Resizer.resize(image, scaled(width), scaled(height));
        return Shift.mirrored(inner, (width - inner.width()) / 2, (height - inner.height()) / 2, width, height);
    }

    private int scaled(int length) {
        return (int) Math.max(1, Math.round(length * factor));
    }

    @Override
    public String identity() {
        return "zoom " + factor;
    }
}
