package org.gazecheck.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/** To and from Java2D's images. */
public final class BufferedImages {
    private BufferedImages() {}

    /** A copy as an image without alpha that Java2D can draw. */
    public static BufferedImage of(RgbImage image) {
        BufferedImage out = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) out.getRaster().getDataBuffer()).getData();
        byte[] rgb = image.rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        return out;
    }

    /**
     * The stored values as 8-bit RGB, as PIL's {@code convert("RGB")} gives them: palettes looked up, grey copied to
     * three channels, alpha dropped (not composited), of 16 bits the upper 8, no colour management.
     */
    public static RgbImage toRgb(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        ColorModel colours = image.getColorModel();
        boolean stored = colours instanceof ComponentColorModel && !colours.isAlphaPremultiplied();
        int bits = colours.getComponentSize(0);
        if (stored && bits == 8 && image.getRaster().getSampleModel() instanceof PixelInterleavedSampleModel) {
            bytes(image.getRaster(), rgb);
        } else if (stored && (bits == 8 || bits == 16)) {
            samples(image.getRaster(), bits - 8, rgb);
        } else if (colours instanceof IndexColorModel palette) {
            palette(image.getRaster(), palette, rgb);
        } else {
            managed(image, rgb);
        }
        return new RgbImage(width, height, rgb);
    }

    private static void bytes(Raster raster, byte[] rgb) {
        PixelInterleavedSampleModel model = (PixelInterleavedSampleModel) raster.getSampleModel();
        DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
        byte[] data = buffer.getData();
        int[] offsets = model.getBandOffsets();
        int r = offsets[0];
        int g = offsets[offsets.length >= 3 ? 1 : 0];
        int b = offsets[offsets.length >= 3 ? 2 : 0];
        int origin = buffer.getOffset()
                - raster.getSampleModelTranslateY() * model.getScanlineStride()
                - raster.getSampleModelTranslateX() * model.getPixelStride();
        for (int y = 0, o = 0; y < raster.getHeight(); y++) {
            int i = origin + y * model.getScanlineStride();
            for (int x = 0; x < raster.getWidth(); x++, o += 3, i += model.getPixelStride()) {
                rgb[o] = data[i + r];
                rgb[o + 1] = data[i + g];
                rgb[o + 2] = data[i + b];
            }
        }
    }

    private static void samples(Raster raster, int shift, byte[] rgb) {
        int bands = raster.getNumBands();
        int[] row = new int[raster.getWidth() * bands];
        for (int y = 0, o = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int i = 0; i < row.length; i += bands, o += 3) {
                rgb[o] = (byte) (row[i] >> shift);
                rgb[o + 1] = (byte) (row[bands >= 3 ? i + 1 : i] >> shift);
                rgb[o + 2] = (byte) (row[bands >= 3 ? i + 2 : i] >> shift);
            }
        }
    }

    private static void palette(Raster raster, IndexColorModel palette, byte[] rgb) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        int[] row = new int[raster.getWidth()];
        for (int y = 0, o = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, row.length, 1, 0, row);
            for (int index : row) {
                o = put(index < colours.length ? colours[index] : 0, rgb, o);
            }
        }
    }

    private static void managed(BufferedImage image, byte[] rgb) {
        int[] row = new int[image.getWidth()];
        for (int y = 0, o = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int colour : row) {
                o = put(colour, rgb, o);
            }
        }
    }

    private static int put(int colour, byte[] rgb, int o) {
        rgb[o] = (byte) (colour >> 16);
        rgb[o + 1] = (byte) (colour >> 8);
        rgb[o + 2] = (byte) colour;
        return o + 3;
    }
}
