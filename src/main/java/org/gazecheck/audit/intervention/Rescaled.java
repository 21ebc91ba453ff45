package org.gazecheck.audit.intervention;

import org.gazecheck.image.Mask;
import org.gazecheck.image.Resizer;
import org.gazecheck.image.RgbImage;

/**
 * An object scaled about its centre, before its own background with the object filled in. It is scaled twice, so that a control of the
 * size that it had is resampled as much.
 *
 * @param first factor of the side
 * @param second factor of what comes of it
 */
record Rescaled(SegmentedImage object, double first, double second) implements Composite {
    @Override
    public String key() {
        return "scaled " + first + " " + second + " " + object.key();
    }

    @Override
    public RgbImage image() {
        return Composite.pasted(scaled(), FilledBackground.of(object));
    }

    /** The object of the new size in a frame of the old. */
    private SegmentedImage scaled() {
        RgbImage frame = object.frame();
        int width = frame.width();
        int height = frame.height();
        double[] centre = centre();
        RgbImage colours = resized(resized(frame, first), second);
        RgbImage shape = resized(resized(shape(), first), second);
        double factorX = (double) colours.width() / width;
        double factorY = (double) colours.height() / height;
        byte[] rgb = new byte[frame.rgb().length];
        boolean[] foreground = new boolean[width * height];
        for (int i = 0; i < foreground.length; i++) {
            int x = (int) Math.floor((i % width + 0.5 - centre[0]) + centre[0] * factorX);
            int y = (int) Math.floor((i / width + 0.5 - centre[1]) + centre[1] * factorY);
            if (x >= 0 && y >= 0 && x < colours.width() && y < colours.height()) {
                int source = y * colours.width() + x;
                foreground[i] = (shape.rgb()[3 * source] & 0xff) >= 128;
                System.arraycopy(colours.rgb(), 3 * source, rgb, 3 * i, 3);
            }
        }
        return new SegmentedImage(object.item(), new RgbImage(width, height, rgb), new Mask(width, height, foreground));
    }

    private RgbImage shape() {
        boolean[] foreground = object.mask().foreground();
        byte[] rgb = new byte[3 * foreground.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (foreground[i / 3] ? 255 : 0);
        }
        return new RgbImage(object.mask().width(), object.mask().height(), rgb);
    }

    private static RgbImage resized(RgbImage image, double factor) {
        int width = Math.max(1, (int) Math.round(image.width() * factor));
        int height = Math.max(1, (int) Math.round(image.height() * factor));
        return width == image.width() && height == image.height() ? image : Resizer.resize(image, width, height);
    }

    /** Of the object's pixels. */
    private double[] centre() {
        boolean[] foreground = object.mask().foreground();
        int width = object.mask().width();
        double x = 0;
        double y = 0;
        int n = 0;
        for (int i = 0; i < foreground.length; i++) {
            if (foreground[i]) {
                x += i % width + 0.5;
                y += i / width + 0.5;
                n++;
            }
        }
        return new double[] {x / n, y / n};
    }
}
