package org.gazecheck.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What belongs to the object of an image.
 *
 * @param foreground [height, width]
 */
public record Mask(int width, int height, boolean[] foreground) {
    private static final int THRESHOLD = 128;
    private static final int DARK = 70;
    private static final int BRIGHT = 185;

    public Mask {
        if (width <= 0 || height <= 0 || foreground.length != Math.multiplyExact(width, height)) {
            throw new IllegalArgumentException(width + "x" + height + " with " + foreground.length + " values");
        }
    }

    /**
     * Reads a mask image, whose pixels are those of the upright image: of a PNG, grey values of 128 and more are
     * foreground; a JPEG is a segmentation as Oxford Flowers 102 has them, the object before pure blue, and what is still
     * blue after compression is background.
     *
     * @throws InvalidImageException when the file cannot be decoded
     */
    public static Mask read(Path file) throws IOException {
        RgbImage image = ImageDecoder.OWN.decode(file);
        boolean grey = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png");
        boolean[] foreground = new boolean[image.width() * image.height()];
        for (int i = 0; i < foreground.length; i++) {
            foreground[i] = grey ? ColourJitter.grey(image.rgb(), i * 3) >= THRESHOLD : !blue(image.rgb(), i * 3);
        }
        return new Mask(image.width(), image.height(), foreground);
    }

    private static boolean blue(byte[] rgb, int at) {
        return (rgb[at] & 0xff) < DARK && (rgb[at + 1] & 0xff) < DARK && (rgb[at + 2] & 0xff) > BRIGHT;
    }

    /** The mask of the framed image: resized as the image is, and cut at one half. */
    public Mask frame(Preprocessing preprocessing) {
        Framing framing = Framing.of(width, height, preprocessing);
        byte[] resized = shares(framing.width(), framing.height());
        byte[] framed = framing.cut(resized, 1);
        boolean[] out = new boolean[framed.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (framed[i] & 0xff) >= THRESHOLD;
        }
        return new Mask(framing.crop(), framing.crop(), out);
    }

    /** How much of each pixel is foreground when the mask is resized as an image is: [h, w], 0..255 unsigned. */
    byte[] shares(int w, int h) {
        byte[] grey = new byte[foreground.length];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) (foreground[i] ? 255 : 0);
        }
        return Resizer.resizeChannel(grey, width, height, w, h);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask m
                && width == m.width
                && height == m.height
                && Arrays.equals(foreground, m.foreground);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(foreground);
    }
}
