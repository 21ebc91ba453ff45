package org.gazecheck.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** The chunks of a PNG file: whether they are whole, which ImageIO does not check. */
final class PngStructure {
    private static final int SIGNATURE = 8;

    private PngStructure() {}

    /** @throws InvalidImageException when a chunk's checksum is wrong or the file ends before the last chunk */
    static void check(byte[] file) throws InvalidImageException {
        ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE);
        while (in.remaining() >= 12) {
            int length = in.getInt();
            if (length < 0 || length > in.remaining() - 8) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(file, in.position(), 4 + length);
            String type = new String(file, in.position(), 4, StandardCharsets.ISO_8859_1);
            in.position(in.position() + 4 + length);
            if (in.getInt() != (int) crc.getValue()) {
                throw new InvalidImageException("damaged: the checksum of a part of the PNG file is wrong");
            }
            if (type.equals("IEND")) {
                return;
            }
        }
        throw new InvalidImageException("truncated: the PNG file ends before its last part (IEND)");
    }

    /** Whether a file that was checked has 16 bits a channel. */
    static boolean deep(byte[] file) {
        byte[] header = chunk(file, "IHDR");
        return header.length > 8 && header[8] == 16;
    }

    /** The colour type of a file that was checked: 0 grey, 2 RGB, 3 palette, 4 grey and 6 RGB with alpha; -1 without. */
    static int colourType(byte[] file) {
        byte[] header = chunk(file, "IHDR");
        return header.length > 9 ? header[9] : -1;
    }

    /**
     * A file that was checked, its colour profile under a name that no decoder knows: they need not open it. The chunk's
     * checksum is that of the new name.
     */
    static byte[] withoutProfile(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE);
        while (in.remaining() >= 12) {
            int start = in.position();
            int length = in.getInt();
            String type = new String(file, in.position(), 4, StandardCharsets.ISO_8859_1);
            if (type.equals("iCCP")) {
                byte[] out = file.clone();
                System.arraycopy("icCp".getBytes(StandardCharsets.ISO_8859_1), 0, out, start + 4, 4);
                CRC32 crc = new CRC32();
                crc.update(out, start + 4, 4 + length);
                ByteBuffer.wrap(out).putInt(start + 8 + length, (int) crc.getValue());
                return out;
            }
            if (type.equals("IEND") || type.equals("IDAT")) {
                return file;
            }
            in.position(start + 12 + length);
        }
        return file;
    }

    /** The content of the first chunk of a type in a file that was checked, up to IEND; empty when there is none. */
    static byte[] chunk(byte[] file, String type) {
        ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE);
        while (in.remaining() >= 12) {
            int length = in.getInt();
            String found = new String(file, in.position(), 4, StandardCharsets.ISO_8859_1);
            if (found.equals(type)) {
                return Arrays.copyOfRange(file, in.position() + 4, in.position() + 4 + length);
            }
            if (found.equals("IEND")) {
                break;
            }
            in.position(in.position() + 8 + length);
        }
        return new byte[0];
    }
}
