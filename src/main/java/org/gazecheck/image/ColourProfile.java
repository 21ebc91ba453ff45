package org.gazecheck.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.io.Hashes;

/**
 * An ICC profile of stored values, and their way to 8-bit sRGB by perceptual intent (as PIL's {@code
 * ImageCms.profileToProfile} does it by default), computed by the JDK's colour management (Little CMS). A profile that is
 * that of sRGB to one level in 255 changes nothing. Safe for several threads.
 */
final class ColourProfile {
    private static final int GREY = 1;
    private static final int RGB = 3;
    private static final int CMYK = 4;
    private static final int KEPT = 32;
    private static final int INTENT = 64;
    private static final int HEADER = 128;
    private static final int GRID = 9;

    /** ICC's encoding of 1 in 16-bit XYZ. */
    private static final double ONE = 32768;

    /** Units of 1 / 32768 by which contributions of single channels may miss a sum. */
    private static final double ADDITIVE = 24;

    private static final int STEPS = 1 << 14;

    /** Inverse of sRGB's colourants, adapted to D50 (IEC 61966-2-1, ICC's chromatic adaptation), row by row. */
    private static final double[][] FROM_XYZ = {
        {3.1341358529, -1.6173863321, -0.4906619246},
        {-0.9787955240, 1.9162543594, 0.0334427382},
        {0.0719767256, -0.2289750598, 1.4053860594}
    };

    private static final byte[] ENCODED = encoded();
    private static final ICC_Profile SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
    private static final ICC_Profile XYZ = ICC_Profile.getInstance(ColorSpace.CS_CIEXYZ);

    private static final Map<String, Optional<ColourProfile>> CACHE =
            Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Optional<ColourProfile>> eldest) {
                    return size() > KEPT;
                }
            });

    private final ICC_Profile profile;
    private final int channels;
    private final boolean changes;

    /** [channel][value * 3 + linear sRGB channel]; empty where channels do not simply add up. */
    private final float[][] sums;

    private ColourProfile(ICC_Profile profile, int channels) {
        this.profile = profile;
        this.channels = channels;
        this.sums = channels == RGB ? sums() : new float[0][];
        this.changes = channels == CMYK || changesColours();
    }

    /**
     * Empty when it cannot be used for so many channels.
     *
     * @param channels 1 grey, 3 RGB, 4 CMYK
     */
    static Optional<ColourProfile> of(byte[] icc, int channels) {
        return CACHE.computeIfAbsent(channels + " " + Hashes.sha256(icc), key -> open(icc, channels));
    }

    private static Optional<ColourProfile> open(byte[] icc, int channels) {
        if (icc.length <= HEADER) {
            return Optional.empty();
        }
        byte[] perceptual = icc.clone();
        perceptual[INTENT] = perceptual[INTENT + 1] = perceptual[INTENT + 2] = perceptual[INTENT + 3] = 0;
        try {
            ICC_Profile profile = ICC_Profile.getInstance(perceptual);
            int type = profile.getProfileClass();
            boolean fits = profile.getColorSpaceType()
                    == switch (channels) {
                        case GREY -> ColorSpace.TYPE_GRAY;
                        case RGB -> ColorSpace.TYPE_RGB;
                        default -> ColorSpace.TYPE_CMYK;
                    };
            boolean ofADevice = type == ICC_Profile.CLASS_INPUT
                    || type == ICC_Profile.CLASS_DISPLAY
                    || type == ICC_Profile.CLASS_OUTPUT
                    || type == ICC_Profile.CLASS_COLORSPACECONVERSION;
            if (!fits || !ofADevice) {
                return Optional.empty();
            }
            ColourProfile opened = new ColourProfile(profile, channels);
            opened.convert(new byte[channels]);
            return Optional.of(opened);
        } catch (CMMException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Whether it is another than that of sRGB. */
    boolean changes() {
        return changes;
    }

    /**
     * @param values [n, channels], unsigned; for CMYK, 255 is full ink
     * @return [n, 3]
     */
    byte[] convert(byte[] values) {
        byte[] rgb = new byte[values.length / channels * RGB];
        if (sums.length > 0) {
            add(values, rgb);
        } else {
            filter(SRGB, bytes(values, channels), bytes(rgb, RGB));
        }
        return rgb;
    }

    private void add(byte[] values, byte[] rgb) {
        float[] r = sums[0];
        float[] g = sums[1];
        float[] b = sums[2];
        for (int i = 0; i < values.length; i += RGB) {
            int atR = (values[i] & 0xff) * RGB;
            int atG = (values[i + 1] & 0xff) * RGB;
            int atB = (values[i + 2] & 0xff) * RGB;
            rgb[i] = encode(r[atR] + g[atG] + b[atB]);
            rgb[i + 1] = encode(r[atR + 1] + g[atG + 1] + b[atB + 1]);
            rgb[i + 2] = encode(r[atR + 2] + g[atG + 2] + b[atB + 2]);
        }
    }

    private static byte encode(float linear) {
        int step = (int) (linear * STEPS + 0.5f);
        return ENCODED[step < 0 ? 0 : Math.min(step, STEPS)];
    }

    /** A profile of curves and a matrix, as nearly all of RGB are, is known by what it makes of each channel alone. */
    private float[][] sums() {
        byte[] alone = new byte[RGB * 256 * RGB];
        for (int c = 0; c < RGB; c++) {
            for (int v = 0; v < 256; v++) {
                alone[(c * 256 + v) * RGB + c] = (byte) v;
            }
        }
        short[] parts = xyz(alone);
        byte[] mixed = new byte[500 * RGB];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (byte) random.nextInt(256);
        }
        short[] whole = xyz(mixed);
        for (int i = 0; i < mixed.length; i++) {
            int pixel = i / RGB * RGB;
            double sum = 0;
            for (int c = 0; c < RGB; c++) {
                sum += parts[(c * 256 + (mixed[pixel + c] & 0xff)) * RGB + i % RGB] & 0xffff;
            }
            if (Math.abs(sum - (whole[i] & 0xffff)) > ADDITIVE) {
                return new float[0][];
            }
        }
        float[][] out = new float[RGB][256 * RGB];
        for (int i = 0; i < parts.length; i += RGB) {
            for (int c = 0; c < RGB; c++) {
                double linear = 0;
                for (int k = 0; k < RGB; k++) {
                    linear += FROM_XYZ[c][k] * (parts[i + k] & 0xffff) / ONE;
                }
                out[i / (256 * RGB)][i % (256 * RGB) + c] = (float) linear;
            }
        }
        return out;
    }

    private boolean changesColours() {
        int colours = channels == RGB ? GRID * GRID * GRID : 256;
        byte[] in = new byte[colours * channels];
        byte[] same = new byte[colours * RGB];
        for (int i = 0; i < colours; i++) {
            for (int c = 0; c < RGB; c++) {
                int v = channels == RGB ? (int) (i / Math.pow(GRID, c)) % GRID * 255 / (GRID - 1) : i;
                same[i * RGB + c] = (byte) v;
                if (c < channels) {
                    in[i * channels + c] = (byte) v;
                }
            }
        }
        byte[] out = convert(in);
        for (int i = 0; i < out.length; i++) {
            if (Math.abs((out[i] & 0xff) - (same[i] & 0xff)) > 1) {
                return true;
            }
        }
        return false;
    }

    private short[] xyz(byte[] rgb) {
        short[] out = new short[rgb.length];
        int[] offsets = {0, 1, 2};
        int n = rgb.length / RGB;
        filter(
                XYZ,
                bytes(rgb, RGB),
                Raster.createInterleavedRaster(
                        new DataBufferUShort(out, out.length), n, 1, n * RGB, RGB, offsets, null));
        return out;
    }

    private void filter(ICC_Profile to, Raster in, WritableRaster out) {
        new ColorConvertOp(new ICC_Profile[] {profile, to}, null).filter(in, out);
    }

    private static WritableRaster bytes(byte[] values, int channels) {
        int[] offsets = new int[channels];
        for (int c = 0; c < channels; c++) {
            offsets[c] = c;
        }
        int n = values.length / channels;
        return Raster.createInterleavedRaster(
                new DataBufferByte(values, values.length), n, 1, values.length, channels, offsets, null);
    }

    private static byte[] encoded() {
        byte[] out = new byte[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            double linear = (double) i / STEPS;
            double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
            out[i] = (byte) Math.round(value * 255);
        }
        return out;
    }
}
