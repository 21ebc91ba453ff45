package org.gazecheck.image;

import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files of four components with an Adobe marker, inks stored inverted as Adobe does. */
public final class CmykFiles {
    private CmykFiles() {}

    /** @param inks [height, width, 4], 255 full ink */
    public static byte[] jpeg(int width, int height, byte[] inks) throws IOException {
        return jpeg(width, height, inks, 0);
    }

    /** @param transform what the marker says of the components: 0 inks, 2 YCCK */
    static byte[] jpeg(int width, int height, byte[] inks, int transform) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
        int[] pixel = new int[4];
        for (int i = 0; i < width * height; i++) {
            for (int c = 0; c < 4; c++) {
                pixel[c] = 255 - (inks[i * 4 + c] & 0xff);
            }
            if (transform == 2) {
                double r = 255 - pixel[0];
                double g = 255 - pixel[1];
                double b = 255 - pixel[2];
                pixel[0] = round(0.299 * r + 0.587 * g + 0.114 * b);
                pixel[1] = round(-0.168736 * r - 0.331264 * g + 0.5 * b + 128);
                pixel[2] = round(0.5 * r - 0.418688 * g - 0.081312 * b + 128);
            }
            raster.setPixel(i % width, i / width, pixel);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = null;
        for (var writers = ImageIO.getImageWritersByFormatName("jpeg"); writers.hasNext(); ) {
            ImageWriter candidate = writers.next();
            if (candidate.getClass().getName().startsWith("com.sun.")) {
                writer = candidate;
            }
        }
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.98f);
            writer.write(null, new IIOImage(raster, null, null), param);
        }
        byte[] plain = bytes.toByteArray();
        ByteArrayOutputStream adobe = new ByteArrayOutputStream();
        adobe.write(plain, 0, 2);
        adobe.writeBytes(
                new byte[] {-1, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform});
        adobe.write(plain, 2, plain.length - 2);
        return adobe.toByteArray();
    }

    private static int round(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }
}
