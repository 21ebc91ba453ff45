package org.gazecheck.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** What a mask file holds, before it is known what its values mean: one number a pixel, as stored. */
public final class MaskPixels {
    private static final Pattern OFFICIAL = Pattern.compile("segmim_\\d+\\.jpe?g");
    private static final long MOST_PIXELS = 100_000_000;
    private static final int COLOUR_TYPE = 9;
    private static final int BITS = 8;
    private static final int PALETTE = 3;
    private static final int DARK = 70;
    private static final int BRIGHT = 185;

    /** JPEG leaves values near both ends beside edges. */
    private static final int RINGING = 32;

    private static final int JPEG_COLOURS = 12;

    private final int width;
    private final int height;
    private final MaskFormat format;
    private final int most;
    private final int[] values;
    private final int[] palette;

    private MaskPixels(int width, int height, MaskFormat format, int most, int[] values, int[] palette) {
        this.width = width;
        this.height = height;
        this.format = format;
        this.most = most;
        this.values = values;
        this.palette = palette;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    MaskFormat format() {
        return format;
    }

    /** The largest value that the file's bits can hold. */
    int most() {
        return most;
    }

    /** [height, width]. */
    int[] values() {
        return values;
    }

    /** Colours 0xRRGGBB by place; empty where there is no palette. */
    int[] palette() {
        return palette;
    }

    /**
     * Reads a mask, whose pixels are those of the upright image.
     *
     * @throws InvalidImageException when the file cannot be decoded, or holds what could be two masks
     */
    public static MaskPixels read(Path file) throws IOException {
        return read(Files.readAllBytes(file), file.getFileName().toString());
    }

    /**
     * As {@link #read(Path)}.
     *
     * @param bytes of a whole file
     * @param fileName without folders; official segmentations are told by it
     */
    public static MaskPixels read(byte[] bytes, String fileName) throws InvalidImageException {
        ImageFormat format = ImageFormat.of(bytes).orElseThrow(() -> new InvalidImageException(FileContent.of(bytes)));
        if (format == ImageFormat.PNG) {
            return png(bytes);
        }
        RgbImage image = ImageDecoder.OWN.decode(bytes);
        if (OFFICIAL.matcher(fileName.toLowerCase(Locale.ROOT)).matches()) {
            return segmentation(image);
        }
        return rgb(image, format == ImageFormat.JPEG || format == ImageFormat.WEBP);
    }

    private static MaskPixels segmentation(RgbImage image) {
        int[] values = new int[image.width() * image.height()];
        byte[] rgb = image.rgb();
        for (int i = 0; i < values.length; i++) {
            int at = 3 * i;
            boolean blue = (rgb[at] & 0xff) < DARK && (rgb[at + 1] & 0xff) < DARK && (rgb[at + 2] & 0xff) > BRIGHT;
            values[i] = blue ? 0 : 1;
        }
        return new MaskPixels(image.width(), image.height(), MaskFormat.SEGMENTATION, 1, values, new int[0]);
    }

    private static MaskPixels rgb(RgbImage image, boolean lossy) {
        int[] values = new int[image.width() * image.height()];
        int[] colours = new int[values.length];
        boolean grey = true;
        byte[] rgb = image.rgb();
        for (int i = 0; i < values.length; i++) {
            int r = rgb[3 * i] & 0xff;
            int g = rgb[3 * i + 1] & 0xff;
            int b = rgb[3 * i + 2] & 0xff;
            grey &= Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b)) <= (lossy ? JPEG_COLOURS : 0);
            colours[i] = r << 16 | g << 8 | b;
            values[i] = lossy ? withoutRinging(g) : g;
        }
        return new MaskPixels(
                image.width(),
                image.height(),
                grey ? MaskFormat.GREY : MaskFormat.COLOUR,
                255,
                grey ? values : colours,
                new int[0]);
    }

    private static int withoutRinging(int value) {
        return value <= RINGING ? 0 : value >= 255 - RINGING ? 255 : value;
    }

    private static MaskPixels png(byte[] file) throws InvalidImageException {
        PngStructure.check(file);
        byte[] header = PngStructure.chunk(file, "IHDR");
        if (header.length <= COLOUR_TYPE) {
            throw new InvalidImageException("damaged: the PNG file has no header");
        }
        long width = ByteBuffer.wrap(header).getInt(0);
        long height = ByteBuffer.wrap(header).getInt(4);
        if (width * height * (header[BITS] == 16 ? 2 : 1) > MOST_PIXELS) {
            throw new InvalidImageException(width + "x" + height + " pixels are more than the " + MOST_PIXELS
                    + " that a mask may have (16-bit values count twice)");
        }
        if (Orientation.of(file, ImageFormat.PNG) != 1) {
            throw new InvalidImageException(
                    "its EXIF data turn it, and may have been copied from the image: save it upright, without them");
        }
        BufferedImage image = decoded(file);
        if (image.getColorModel() instanceof IndexColorModel model && header[COLOUR_TYPE] == PALETTE) {
            return palette(image.getRaster(), model);
        }
        return samples(image.getRaster(), (1 << header[BITS]) - 1);
    }

    private static BufferedImage decoded(byte[] file) throws InvalidImageException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            return reader.read(0);
        } catch (IOException | RuntimeException e) {
            throw new InvalidImageException("damaged: the PNG file cannot be decoded (" + e.getMessage() + ")", e);
        } finally {
            reader.dispose();
        }
    }

    private static MaskPixels palette(Raster raster, IndexColorModel model) throws InvalidImageException {
        int[] palette = new int[model.getMapSize()];
        model.getRGBs(palette);
        for (int i = 0; i < palette.length; i++) {
            palette[i] &= 0xffffff;
        }
        int[] values = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
        for (int value : values) {
            if (value >= palette.length) {
                throw new InvalidImageException(
                        "damaged: it uses place " + value + " of a palette of " + palette.length + " colours");
            }
        }
        return new MaskPixels(raster.getWidth(), raster.getHeight(), MaskFormat.PALETTE, 255, values, palette);
    }

    private static MaskPixels samples(Raster raster, int most) throws InvalidImageException {
        int bands = raster.getNumBands();
        int colours = bands >= 3 ? 3 : 1;
        int width = raster.getWidth();
        int height = raster.getHeight();
        int shift = most > 255 ? 8 : 0;
        int[] grey = new int[width * height];
        int[] packed = new int[colours == 3 ? grey.length : 0];
        int[] alpha = new int[bands > colours ? grey.length : 0];
        boolean coloured = false;
        int[] row = new int[width * bands];
        for (int y = 0, o = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int i = 0; i < row.length; i += bands, o++) {
                grey[o] = row[i];
                if (colours == 3) {
                    coloured |= row[i] != row[i + 1] || row[i] != row[i + 2];
                    packed[o] = row[i] >> shift << 16 | row[i + 1] >> shift << 8 | row[i + 2] >> shift;
                }
                if (alpha.length > 0) {
                    alpha[o] = row[i + colours];
                }
            }
        }
        int[] values = coloured ? packed : grey;
        if (opaque(alpha, most)) {
            return new MaskPixels(
                    width, height, coloured ? MaskFormat.COLOUR : MaskFormat.GREY, most, values, new int[0]);
        }
        requireOneColour(values, alpha);
        return new MaskPixels(width, height, MaskFormat.ALPHA, most, alpha, new int[0]);
    }

    private static boolean opaque(int[] alpha, int most) {
        for (int value : alpha) {
            if (value != most) {
                return false;
            }
        }
        return true;
    }

    /** Where anything is seen at all: what is transparent has any colour. */
    private static void requireOneColour(int[] values, int[] alpha) throws InvalidImageException {
        int colour = -1;
        for (int i = 0; i < values.length; i++) {
            if (alpha[i] > 0) {
                colour = colour < 0 ? values[i] : colour;
                if (values[i] != colour) {
                    throw new InvalidImageException("both its colours and its alpha channel vary, and either could be"
                            + " the mask: save one of them as grey, 0 for background and 255 for the object");
                }
            }
        }
    }

    /** The mask, once it is known how values are read. */
    public Mask mask(MaskMeaning meaning) {
        boolean lookedUp = format == MaskFormat.PALETTE && meaning.rule() != MaskMeaning.Rule.PALETTE;
        boolean[] foreground = new boolean[values.length];
        boolean[] unknown = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            int value = lookedUp ? palette[values[i]] & 0xff : values[i];
            foreground[i] = meaning.isObject(value, most);
            unknown[i] = meaning.isVoid(value);
        }
        return new Mask(width, height, foreground, unknown);
    }
}
