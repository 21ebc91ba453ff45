package org.gazecheck.image;

import java.util.Arrays;
import java.util.Optional;

/** The components of a JPEG file's frame, and how far its scans have stated their coefficients (T.81, annex G). */
final class JpegFrame {
    static final JpegFrame NONE = new JpegFrame(new int[0], false);

    private static final int COEFFICIENTS = 64;
    private static final int UNSTATED = -1;

    private final int[] ids;
    private final boolean progressive;

    /** [component][coefficient]: bits that are still missing, or that nothing is stated. */
    private final int[][] left;

    private JpegFrame(int[] ids, boolean progressive) {
        this.ids = ids;
        this.progressive = progressive;
        this.left = new int[ids.length][COEFFICIENTS];
        for (int[] component : left) {
            Arrays.fill(component, UNSTATED);
        }
    }

    /** @param header the frame's segment behind its length */
    static JpegFrame of(byte[] header, boolean progressive) {
        int[] ids = new int[header[5] & 0xff];
        for (int c = 0; c < ids.length && 6 + 3 * c < header.length; c++) {
            ids[c] = header[6 + 3 * c] & 0xff;
        }
        return new JpegFrame(ids, progressive);
    }

    int components() {
        return ids.length;
    }

    /** Whether the components are called R, G, B, which libjpeg takes for their meaning. */
    boolean namesRgb() {
        return ids.length == 3 && ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B';
    }

    /** @param header a scan's segment behind its length */
    void scan(byte[] header) {
        int n = header.length == 0 ? 0 : header[0] & 0xff;
        if (header.length < 4 + 2 * n) {
            return;
        }
        int from = progressive ? header[1 + 2 * n] & 0xff : 0;
        int to = progressive ? header[2 + 2 * n] & 0xff : COEFFICIENTS - 1;
        int bits = progressive ? header[3 + 2 * n] & 0xf : 0;
        for (int k = 0; k < n; k++) {
            for (int c = 0; c < ids.length; c++) {
                if (ids[c] == (header[1 + 2 * k] & 0xff)) {
                    Arrays.fill(left[c], Math.min(from, COEFFICIENTS - 1), Math.min(to, COEFFICIENTS - 1) + 1, bits);
                }
            }
        }
    }

    /** What no scan stated. */
    Optional<String> missing() {
        for (int c = 0; c < ids.length; c++) {
            for (int bits : left[c]) {
                if (bits != 0) {
                    return Optional.of(
                            bits == UNSTATED
                                    ? "scans of component " + (c + 1) + " of " + ids.length
                                    : "scans with the last " + bits + " bits of component " + (c + 1) + " of "
                                            + ids.length);
                }
            }
        }
        return Optional.empty();
    }
}
