package org.gazecheck.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The marker segments of a JPEG file (ITU-T T.81, annex B): whether the file is whole, and the same file with the
 * segments taken out that would make a decoder change colours, and without bytes between segments.
 *
 * @param components of the frame: 1 grey, 3 colour, 4 CMYK or YCCK; 0 when there is no frame
 * @param scans of the one frame; a progressive file has several, and each costs a pass over all pixels
 * @param whole whether the end marker was reached
 * @param missing what no scan holds, though the frame promises it; absent when nothing
 * @param padding how many zero bytes stand at the end of the last scan
 * @param adobe the colour transform of Adobe's marker: 0 none, 1 YCbCr, 2 YCCK; -1 without such a marker
 * @param profile ICC profile of all APP2 segments in their order, whole or not; absent where there is none
 * @param plain the file without colour profiles (APP2), and with a JFIF header where nothing states the colour space of
 *     three components, so that they are read as YCbCr, as libjpeg does; the file itself when it is not whole
 */
record JpegStructure(
        int components,
        int scans,
        boolean whole,
        Optional<String> missing,
        int padding,
        int adobe,
        Optional<byte[]> profile,
        byte[] plain) {
    static final int NO_ADOBE = -1;

    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int SOF2 = 0xc2;
    private static final int SOF10 = 0xca;
    private static final int APP0 = 0xe0;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final String ICC = "ICC_PROFILE\0";
    private static final byte[] JFIF = {
        (byte) 0xff, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };

    static JpegStructure of(byte[] file) {
        return new Reading(file).read();
    }

    private static boolean begins(byte[] file, int from, int to, String text) {
        return to - from >= text.length()
                && new String(file, from, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    /** One pass over a file's segments. */
    private static final class Reading {
        private final byte[] file;
        private final ByteArrayOutputStream segments;
        private final TreeMap<Integer, byte[]> profile = new TreeMap<>();
        private JpegFrame frame = JpegFrame.NONE;
        private int scans;
        private int padding;
        private int adobe = NO_ADOBE;
        private boolean jfif;

        Reading(byte[] file) {
            this.file = file;
            this.segments = new ByteArrayOutputStream(file.length);
        }

        JpegStructure read() {
            int i = 2;
            while (true) {
                while (i < file.length && file[i] != (byte) 0xff) {
                    i++;
                }
                while (i < file.length && file[i] == (byte) 0xff) {
                    i++;
                }
                if (i >= file.length) {
                    return cutOff();
                }
                int start = i - 1;
                int marker = file[i++] & 0xff;
                if (marker == EOI) {
                    segments.write(file, start, i - start);
                    return whole();
                }
                if (hasNoLength(marker)) {
                    segments.write(file, start, i - start);
                    continue;
                }
                if (i + 2 > file.length) {
                    return cutOff();
                }
                int body = i + 2;
                i += Math.max(2, (file[i] & 0xff) << 8 | file[i + 1] & 0xff);
                if (i > file.length) {
                    return cutOff();
                }
                segment(marker, body, i);
                if (marker == SOS) {
                    i = endOfScan(i);
                }
                if (marker != APP2) {
                    segments.write(file, start, i - start);
                }
            }
        }

        private void segment(int marker, int body, int end) {
            if (isFrame(marker) && end - body >= 6) {
                byte[] header = Arrays.copyOfRange(file, body, end);
                frame = JpegFrame.of(header, marker == SOF2 || marker == SOF10);
            } else if (marker == SOS) {
                scans++;
                frame.scan(Arrays.copyOfRange(file, body, end));
            } else if (marker == APP0 && begins(file, body, end, "JFIF")) {
                jfif = true;
            } else if (marker == APP14 && begins(file, body, end, "Adobe")) {
                adobe = end - body >= 12 ? file[body + 11] & 0xff : 0;
            } else if (marker == APP2 && begins(file, body, end, ICC) && end - body >= ICC.length() + 2) {
                profile.putIfAbsent(
                        file[body + ICC.length()] & 0xff, Arrays.copyOfRange(file, body + ICC.length() + 2, end));
            }
        }

        private JpegStructure cutOff() {
            return new JpegStructure(
                    frame.components(), scans, false, Optional.empty(), 0, adobe, Optional.empty(), file);
        }

        private JpegStructure whole() {
            boolean header = frame.components() == 3 && !jfif && adobe == NO_ADOBE && !frame.namesRgb();
            return new JpegStructure(
                    frame.components(),
                    scans,
                    true,
                    frame.missing(),
                    padding,
                    adobe,
                    profile(),
                    withHeader(segments.toByteArray(), header));
        }

        private Optional<byte[]> profile() {
            if (profile.isEmpty()) {
                return Optional.empty();
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            profile.values().forEach(all::writeBytes);
            return Optional.of(all.toByteArray());
        }

        /** Where the entropy-coded data ends: at the first marker that is neither a stuffed byte nor a restart. */
        private int endOfScan(int from) {
            for (int i = from; i + 1 < file.length; i++) {
                int next = file[i + 1] & 0xff;
                if (file[i] == (byte) 0xff && next != 0 && next != 0xff && !(next >= 0xd0 && next <= 0xd7)) {
                    padding = 0;
                    while (i - padding > from && file[i - padding - 1] == 0) {
                        padding++;
                    }
                    return i;
                }
            }
            return file.length;
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
}
