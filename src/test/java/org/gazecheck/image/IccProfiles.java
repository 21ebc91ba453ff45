package org.gazecheck.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** ICC profiles of curves and a matrix, and the closed form of what they mean. */
public final class IccProfiles {
    /** Of Display P3, with D65 as its white: xy of red, green, blue. */
    public static final double[][] P3 = {{0.680, 0.320}, {0.265, 0.690}, {0.150, 0.060}};

    /** Of Adobe RGB (1998), which has a gamma of 563 / 256. */
    public static final double[][] ADOBE = {{0.64, 0.33}, {0.21, 0.71}, {0.15, 0.06}};

    /** Of sRGB. */
    public static final double[][] SRGB = {{0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06}};

    private static final double[] D65 = {0.9504559, 1, 1.0890578};
    private static final double[] D50 = {0.9642, 1, 0.8249};
    private static final double[][] BRADFORD = {
        {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}
    };

    private IccProfiles() {}

    /**
     * @param gamma of the curves; 0 for that of sRGB, as ICC's parametric function 3
     */
    public static byte[] rgb(double[][] primaries, double gamma) {
        double[][] columns = product(adaptation(), toXyz(primaries));
        Map<String, byte[]> tags = new LinkedHashMap<>();
        tags.put("wtpt", xyz(D50[0], D50[1], D50[2]));
        tags.put("rXYZ", xyz(columns[0][0], columns[1][0], columns[2][0]));
        tags.put("gXYZ", xyz(columns[0][1], columns[1][1], columns[2][1]));
        tags.put("bXYZ", xyz(columns[0][2], columns[1][2], columns[2][2]));
        for (String curve : new String[] {"rTRC", "gTRC", "bTRC"}) {
            tags.put(curve, curve(gamma));
        }
        return profile("RGB ", tags);
    }

    public static byte[] grey(double gamma) {
        Map<String, byte[]> tags = new LinkedHashMap<>();
        tags.put("wtpt", xyz(D50[0], D50[1], D50[2]));
        tags.put("kTRC", curve(gamma));
        return profile("GRAY", tags);
    }

    /** Of a press whose cyan, magenta, yellow and black are 1 - red and so on of such a space: a table of 17^4 colours. */
    public static byte[] inks(double[][] primaries, double gamma) {
        int grid = 17;
        int nodes = grid * grid * grid * grid;
        ByteBuffer lut = ByteBuffer.allocate(48 + 4 * 256 + nodes * 3 + 3 * 256);
        lut.put("mft1".getBytes(StandardCharsets.ISO_8859_1)).putInt(0);
        lut.put((byte) 4).put((byte) 3).put((byte) grid).put((byte) 0);
        for (int i = 0; i < 9; i++) {
            lut.putInt(i % 4 == 0 ? 65536 : 0);
        }
        for (int i = 0; i < 4 * 256; i++) {
            lut.put((byte) i);
        }
        double[][] matrix = product(adaptation(), toXyz(primaries));
        for (int node = 0; node < nodes; node++) {
            double white = 1 - node % grid / (grid - 1.0);
            double[] xyz = new double[3];
            for (int c = 0; c < 3; c++) {
                int ink = (int) (node / Math.pow(grid, 3 - c)) % grid;
                double linear = Math.pow((1 - ink / (grid - 1.0)) * white, gamma);
                for (int k = 0; k < 3; k++) {
                    xyz[k] += matrix[k][c] * linear;
                }
            }
            double x = cubeRoot(xyz[0] / D50[0]);
            double y = cubeRoot(xyz[1] / D50[1]);
            double z = cubeRoot(xyz[2] / D50[2]);
            lut.put((byte) Math.round((116 * y - 16) * 2.55));
            lut.put((byte) Math.round(Math.max(0, Math.min(255, 500 * (x - y) + 128))));
            lut.put((byte) Math.round(Math.max(0, Math.min(255, 200 * (y - z) + 128))));
        }
        for (int i = 0; i < 3 * 256; i++) {
            lut.put((byte) i);
        }
        Map<String, byte[]> tags = new LinkedHashMap<>();
        tags.put("wtpt", xyz(D50[0], D50[1], D50[2]));
        tags.put("A2B0", lut.array());
        byte[] profile = profile("CMYK", tags);
        System.arraycopy("prtrCMYKLab ".getBytes(StandardCharsets.ISO_8859_1), 0, profile, 12, 12);
        return profile;
    }

    private static double cubeRoot(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    /** What a value of such a space is in sRGB, 0..255, by the formulas of both. */
    public static double[] toSrgb(double[][] primaries, double gamma, int... rgb) {
        double[] linear = new double[3];
        for (int c = 0; c < 3; c++) {
            double v = rgb[c] / 255.0;
            linear[c] = gamma > 0 ? Math.pow(v, gamma) : v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
        }
        double[][] matrix = product(inverse(toXyz(SRGB)), toXyz(primaries));
        double[] out = new double[3];
        for (int c = 0; c < 3; c++) {
            double v = 0;
            for (int k = 0; k < 3; k++) {
                v += matrix[c][k] * linear[k];
            }
            v = Math.max(0, Math.min(1, v));
            out[c] = 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055);
        }
        return out;
    }

    /** The inverse of {@link #toSrgb}: stored values that look like a colour of sRGB. */
    public static RgbImage stored(double[][] primaries, double gamma, RgbImage image) {
        double[][] matrix = product(inverse(toXyz(primaries)), toXyz(SRGB));
        byte[] out = new byte[image.rgb().length];
        for (int i = 0; i < out.length; i += 3) {
            for (int c = 0; c < 3; c++) {
                double v = 0;
                for (int k = 0; k < 3; k++) {
                    double s = (image.rgb()[i + k] & 0xff) / 255.0;
                    v += matrix[c][k] * (s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4));
                }
                v = Math.max(0, Math.min(1, v));
                double e = gamma > 0
                        ? Math.pow(v, 1 / gamma)
                        : v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
                out[i + c] = (byte) Math.round(255 * e);
            }
        }
        return new RgbImage(image.width(), image.height(), out);
    }

    /** A JPEG file with a profile in as many APP2 segments as it takes. */
    public static byte[] inJpeg(byte[] jpeg, byte[] icc) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        int most = 60_000;
        int segments = Math.max(1, (icc.length + most - 1) / most);
        for (int k = 0; k < segments; k++) {
            byte[] part = Arrays.copyOfRange(icc, k * most, Math.min(icc.length, (k + 1) * most));
            int length = 2 + 14 + part.length;
            out.writeBytes(new byte[] {-1, (byte) 0xe2, (byte) (length >> 8), (byte) length});
            out.writeBytes("ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1));
            out.writeBytes(new byte[] {(byte) (k + 1), (byte) segments});
            out.writeBytes(part);
        }
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static byte[] profile(String space, Map<String, byte[]> tags) {
        int table = 128 + 4 + 12 * tags.size();
        int size = table + tags.values().stream().mapToInt(tag -> tag.length).sum();
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putInt(size).putInt(0).putInt(0x02400000);
        out.put(("mntr" + space + "XYZ ").getBytes(StandardCharsets.ISO_8859_1));
        out.position(36).put("acsp".getBytes(StandardCharsets.ISO_8859_1));
        out.position(68).put(xyz(D50[0], D50[1], D50[2]), 8, 12);
        out.position(128).putInt(tags.size());
        int at = table;
        for (Map.Entry<String, byte[]> tag : tags.entrySet()) {
            out.put(tag.getKey().getBytes(StandardCharsets.ISO_8859_1))
                    .putInt(at)
                    .putInt(tag.getValue().length);
            at += tag.getValue().length;
        }
        tags.values().forEach(out::put);
        return out.array();
    }

    private static byte[] xyz(double x, double y, double z) {
        return ByteBuffer.allocate(20)
                .put("XYZ ".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(0)
                .putInt(fixed(x))
                .putInt(fixed(y))
                .putInt(fixed(z))
                .array();
    }

    private static byte[] curve(double gamma) {
        if (gamma > 0) {
            return ByteBuffer.allocate(16)
                    .put("curv".getBytes(StandardCharsets.ISO_8859_1))
                    .putInt(0)
                    .putInt(1)
                    .putShort((short) Math.round(gamma * 256))
                    .array();
        }
        return ByteBuffer.allocate(32)
                .put("para".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(0)
                .putShort((short) 3)
                .putShort((short) 0)
                .putInt(fixed(2.4))
                .putInt(fixed(1 / 1.055))
                .putInt(fixed(0.055 / 1.055))
                .putInt(fixed(1 / 12.92))
                .putInt(fixed(0.04045))
                .array();
    }

    private static int fixed(double value) {
        return (int) Math.round(value * 65536);
    }

    private static double[][] adaptation() {
        double[][] scale = new double[3][3];
        for (int i = 0; i < 3; i++) {
            double from = 0;
            double to = 0;
            for (int k = 0; k < 3; k++) {
                from += BRADFORD[i][k] * D65[k];
                to += BRADFORD[i][k] * D50[k];
            }
            scale[i][i] = to / from;
        }
        return product(inverse(BRADFORD), product(scale, BRADFORD));
    }

    private static double[][] toXyz(double[][] xy) {
        double[][] m = new double[3][3];
        for (int c = 0; c < 3; c++) {
            m[0][c] = xy[c][0] / xy[c][1];
            m[1][c] = 1;
            m[2][c] = (1 - xy[c][0] - xy[c][1]) / xy[c][1];
        }
        double[][] inverse = inverse(m);
        for (int c = 0; c < 3; c++) {
            double s = 0;
            for (int k = 0; k < 3; k++) {
                s += inverse[c][k] * D65[k];
            }
            for (int r = 0; r < 3; r++) {
                m[r][c] *= s;
            }
        }
        return m;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] out = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    out[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return out;
    }

    private static double[][] inverse(double[][] m) {
        double[][] out = new double[3][3];
        double det = 0;
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            det += m[0][i] * (m[1][j] * m[2][k] - m[1][k] * m[2][j]);
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int a = (j + 1) % 3;
                int b = (j + 2) % 3;
                int c = (i + 1) % 3;
                int d = (i + 2) % 3;
                out[i][j] = (m[a][c] * m[b][d] - m[a][d] * m[b][c]) / det;
            }
        }
        return out;
    }
}
