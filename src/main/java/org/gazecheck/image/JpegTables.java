package org.gazecheck.image;

/** The quantisation tables of a JPEG file (T.81, B.2.4.1), without decoding it. */
public final class JpegTables {
    private static final int DQT = 0xdb;
    private static final int SOS = 0xda;
    private static final int COEFFICIENTS = 64;

    private JpegTables() {}

    /**
     * How coarsely lightness is quantised: the mean of the first table, 1 (all 8-bit steps) to 255 and more; NaN where the file is no
     * JPEG or has none.
     */
    public static double lumaQuantiser(byte[] file) {
        if (ImageFormat.of(file).filter(ImageFormat.JPEG::equals).isEmpty()) {
            return Double.NaN;
        }
        int i = 2;
        while (i + 4 <= file.length && (file[i] & 0xff) == 0xff) {
            int marker = file[i + 1] & 0xff;
            if (marker == 0xff) {
                i++;
                continue;
            }
            int length = (file[i + 2] & 0xff) << 8 | file[i + 3] & 0xff;
            if (marker == SOS || length < 2 || i + 2 + length > file.length) {
                return Double.NaN;
            }
            double mean = marker == DQT ? mean(file, i + 4, i + 2 + length) : Double.NaN;
            if (!Double.isNaN(mean)) {
                return mean;
            }
            i += 2 + length;
        }
        return Double.NaN;
    }

    /** Of table 0 in a segment; NaN where it holds others. */
    private static double mean(byte[] file, int from, int to) {
        int i = from;
        while (i < to) {
            int bytes = (file[i] & 0xf0) == 0 ? 1 : 2;
            if (i + 1 + bytes * COEFFICIENTS > to) {
                return Double.NaN;
            }
            if ((file[i] & 0xf) == 0) {
                double sum = 0;
                for (int k = i + 1; k <= i + bytes * COEFFICIENTS; k += bytes) {
                    sum += bytes == 1 ? file[k] & 0xff : (file[k] & 0xff) << 8 | file[k + 1] & 0xff;
                }
                return sum / COEFFICIENTS;
            }
            i += 1 + bytes * COEFFICIENTS;
        }
        return Double.NaN;
    }
}
