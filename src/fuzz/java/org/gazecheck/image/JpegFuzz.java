package org.gazecheck.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Input: a JPEG file. */
public final class JpegFuzz {
    private static final ImageDecoder DECODER = new ImageDecoder(1 << 20);

    private JpegFuzz() {}

    /** Before the clock of the first input runs: what is loaded once can take longer than an input may. */
    public static void fuzzerInitialize() throws IOException {
        for (byte[] seed : seeds()) {
            fuzzerTestOneInput(seed);
        }
    }

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            DECODER.decode(data);
        } catch (InvalidImageException expected) {
            // told in one line
        }
    }

    public static byte[][] seeds() throws IOException {
        byte[] baseline = Jpeg.encode(new RgbImage(17, 9, new byte[17 * 9 * 3]), 0.5f);
        byte[] exif = {
            -1,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(baseline, 0, 2);
        turned.writeBytes(exif);
        turned.write(baseline, 2, baseline.length - 2);
        return new byte[][] {baseline, turned.toByteArray(), progressive()};
    }

    private static byte[] progressive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.write(null, new IIOImage(new BufferedImage(9, 17, BufferedImage.TYPE_3BYTE_BGR), null, null), param);
        }
        return bytes.toByteArray();
    }
}
