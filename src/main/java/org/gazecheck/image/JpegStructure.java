package org.gazecheck.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The marker segments of a JPEG file (ITU-T T.81, annex B): whether the file is whole, and the same file with the
 * segments taken out that would make a decoder change colours.
 *
 * @param components of the frame: 1 grey, 3 colour, 4 CMYK or YCCK; 0 when there is no frame
 * @param scans of the one frame; a progressive file has several, and each costs a pass over all pixels
 * @param whole whether the end marker was reached
 * @param plain the file without colour profiles (APP2), and with a JFIF header where nothing states the colour space of
 *     three components, so that they are read as YCbCr, as libjpeg does; the file itself when it is not whole
 */
record JpegStructure(int components, int scans, boolean whole, byte[] plain) {
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final byte[] JFIF = {
        (byte) 0xff, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };

    static JpegStructure of(byte[] file) {
        int components = 0;
        int scans = 0;
        boolean stated = false;
        boolean rgb = false;
        ByteArrayOutputStream segments = new ByteArrayOutputStream(file.length);
        int i = 2;
        while (true) {
            int start = i;
            while (i < file.length && file[i] != (byte) 0xff) {
                i++;
            }
            while (i < file.length && file[i] == (byte) 0xff) {
                i++;
            }
            if (i >= file.length) {
                return new JpegStructure(components, scans, false, file);
            }
            int marker = file[i++] & 0xff;
            if (marker == EOI) {
                segments.write(file, start, i - start);
                byte[] plain = withHeader(segments.toByteArray(), components == 3 && !stated && !rgb);
                return new JpegStructure(components, scans, true, plain);
            }
            if (hasNoLength(marker)) {
                segments.write(file, start, i - start);
                continue;
            }
            if (i + 2 > file.length) {
                return new JpegStructure(components, scans, false, file);
            }
            int body = i + 2;
            i += Math.max(2, (file[i] & 0xff) << 8 | file[i + 1] & 0xff);
            if (i > file.length) {
                return new JpegStructure(components, scans, false, file);
            }
            if (isFrame(marker) && i - body >= 6) {
                components = file[body + 5] & 0xff;
                rgb = components == 3 && i - body >= 13 && file[body + 6] == 'R' && file[body + 9] == 'G';
            }
            stated |= marker == APP0 && begins(file, body, i, "JFIF")
                    || marker == APP14 && begins(file, body, i, "Adobe");
            if (marker == SOS) {
                scans++;
                i = endOfScan(file, i);
            }
            if (marker != APP2) {
                segments.write(file, start, i - start);
            }
        }
    }

    private static byte[] withHeader(byte[] segments, boolean jfif) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(segments.length + JFIF.length + 2);
        out.write(0xff);
        out.write(0xd8);
        if (jfif) {
            out.writeBytes(JFIF);
        }
        out.writeBytes(segments);
        return out.toByteArray();
    }

    private static boolean hasNoLength(int marker) {
        return marker <= 1 || marker >= 0xd0 && marker <= 0xd8;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static boolean begins(byte[] file, int from, int to, String text) {
        return to - from >= text.length()
                && new String(file, from, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    /** Where the entropy-coded data ends: at the first marker that is neither a stuffed byte nor a restart. */
    private static int endOfScan(byte[] file, int from) {
        int i = from;
        while (i + 1 < file.length) {
            int next = file[i + 1] & 0xff;
            if (file[i] == (byte) 0xff && next != 0 && next != 0xff && !(next >= 0xd0 && next <= 0xd7)) {
                return i;
            }
            i++;
        }
        return file.length;
    }
}
