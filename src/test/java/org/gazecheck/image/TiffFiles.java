package org.gazecheck.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Uncompressed TIFF files, little-endian, of one strip a page, with any fields. */
final class TiffFiles {
    static final int SUBFILE = 254;
    static final int BITS = 258;
    static final int PHOTOMETRIC = 262;
    static final int ORIENTATION = 274;
    static final int SAMPLES = 277;
    static final int EXTRA = 338;
    static final int FORMAT = 339;
    static final int PROFILE = 34675;

    private final List<Map<Integer, int[]>> pages = new ArrayList<>();
    private final List<byte[]> pixels = new ArrayList<>();
    private byte[] profile = new byte[0];

    /** @param fields pairs of a tag and its value; BITS, FORMAT and EXTRA are repeated as often as needed */
    TiffFiles page(int width, int height, byte[] data, int... fields) {
        Map<Integer, int[]> page = new TreeMap<>();
        page.put(256, new int[] {width});
        page.put(257, new int[] {height});
        page.put(259, new int[] {1});
        page.put(278, new int[] {height});
        page.put(273, new int[] {0});
        page.put(279, new int[] {data.length});
        int samples = 1;
        for (int i = 0; i < fields.length; i += 2) {
            samples = fields[i] == SAMPLES ? fields[i + 1] : samples;
        }
        for (int i = 0; i < fields.length; i += 2) {
            int[] value = new int[fields[i] == BITS || fields[i] == FORMAT ? samples : 1];
            Arrays.fill(value, fields[i + 1]);
            page.put(fields[i], value);
        }
        pages.add(page);
        pixels.add(data);
        return this;
    }

    TiffFiles profile(byte[] icc) {
        profile = icc;
        pages.get(0).put(PROFILE, new int[] {icc.length});
        return this;
    }

    byte[] bytes() {
        int size = 8 + profile.length;
        for (int p = 0; p < pages.size(); p++) {
            size += 6 + 12 * pages.get(p).size() + 64 + pixels.get(p).length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'I').put((byte) 'I').putShort((short) 42);
        int link = 4;
        int at = 8;
        int icc = at;
        out.position(icc).put(profile);
        at += profile.length;
        for (int p = 0; p < pages.size(); p++) {
            Map<Integer, int[]> page = pages.get(p);
            out.putInt(link, at);
            int extra = at + 6 + 12 * page.size();
            int data = extra + 64;
            page.put(273, new int[] {data});
            int entry = at + 2;
            out.putShort(at, (short) page.size());
            for (Map.Entry<Integer, int[]> field : page.entrySet()) {
                int tag = field.getKey();
                int[] values = field.getValue();
                boolean isProfile = tag == PROFILE;
                boolean wide = tag == 273 || tag == 279 || tag == SUBFILE;
                out.putShort(entry, (short) tag).putShort(entry + 2, (short) (isProfile ? 7 : wide ? 4 : 3));
                out.putInt(entry + 4, isProfile ? values[0] : values.length);
                if (isProfile) {
                    out.putInt(entry + 8, icc);
                } else if (wide) {
                    out.putInt(entry + 8, values[0]);
                } else if (values.length <= 2) {
                    for (int i = 0; i < values.length; i++) {
                        out.putShort(entry + 8 + 2 * i, (short) values[i]);
                    }
                } else {
                    out.putInt(entry + 8, extra);
                    for (int value : values) {
                        out.putShort(extra, (short) value);
                        extra += 2;
                    }
                }
                entry += 12;
            }
            link = entry;
            out.position(data).put(pixels.get(p));
            at = data + pixels.get(p).length;
        }
        return out.array();
    }
}
