package org.gazecheck.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Input: a PNG file whose checksums are set right before it is read, since mutations would seldom hit them; or a BMP. */
public final class PngFuzz {
    private static final ImageDecoder DECODER = new ImageDecoder(1 << 20);
    private static final int SIGNATURE = 8;

    private PngFuzz() {}

    /** Before the clock of the first input runs: what is loaded once can take longer than an input may. */
    public static void fuzzerInitialize() throws IOException {
        for (byte[] seed : seeds()) {
            fuzzerTestOneInput(seed);
        }
    }

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            DECODER.decode(data.length > 0 && data[0] == (byte) 0x89 ? checked(data.clone()) : data);
        } catch (InvalidImageException expected) {
            // told in one line
        }
    }

    public static byte[][] seeds() throws IOException {
        return new byte[][] {
            file("png", BufferedImage.TYPE_3BYTE_BGR),
            file("png", BufferedImage.TYPE_INT_ARGB),
            file("png", BufferedImage.TYPE_BYTE_INDEXED),
            file("png", BufferedImage.TYPE_USHORT_GRAY),
            file("bmp", BufferedImage.TYPE_3BYTE_BGR),
            file("gif", BufferedImage.TYPE_BYTE_INDEXED)
        };
    }

    private static byte[] file(String format, int type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(5, 4, type), format, bytes);
        return bytes.toByteArray();
    }

    private static byte[] checked(byte[] png) {
        ByteBuffer chunks = ByteBuffer.wrap(png);
        for (int at = SIGNATURE; at + 12 <= png.length; ) {
            int length = chunks.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(png, at + 4, 4 + length);
            chunks.putInt(at + 8 + length, (int) crc.getValue());
            at += 12 + length;
        }
        return png;
    }
}
