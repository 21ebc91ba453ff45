package org.gazecheck.image;

/**
 * The four colour changes of torchvision's {@code ColorJitter} on 8-bit RGB, in place, with PIL's arithmetic (Pillow:
 * {@code ImageEnhance}, {@code Blend.c}, {@code Convert.c}). Brightness, contrast and saturation blend with black, with
 * the mean grey, with the grey image; hue turns H of 8-bit HSV.
 */
final class ColourJitter {
    private ColourJitter() {}

    static void brightness(byte[] rgb, float factor) {
        if (factor != 1) {
            apply(rgb, blendTable(0, factor));
        }
    }

    static void contrast(byte[] rgb, float factor) {
        if (factor == 1) {
            return;
        }
        long sum = 0;
        for (int i = 0; i < rgb.length; i += 3) {
            sum += grey(rgb, i);
        }
        int mean = (int) (sum / (rgb.length / 3.0) + 0.5);
        apply(rgb, blendTable(mean, factor));
    }

    static void saturation(byte[] rgb, float factor) {
        if (factor == 1) {
            return;
        }
        for (int i = 0; i < rgb.length; i += 3) {
            int grey = grey(rgb, i);
            for (int c = i; c < i + 3; c++) {
                rgb[c] = blend(grey, rgb[c] & 0xff, factor);
            }
        }
    }

    /** @param turn of the colour circle, -0.5..0.5 */
    static void hue(byte[] rgb, double turn) {
        int shift = (int) (turn * 255) & 0xff;
        if (turn == 0) {
            return;
        }
        for (int i = 0; i < rgb.length; i += 3) {
            turnHue(rgb, i, shift);
        }
    }

    /** ITU-R 601-2 luma in 16-bit fixed point, as PIL's mode L. */
    static int grey(byte[] rgb, int i) {
        return ((rgb[i] & 0xff) * 19595 + (rgb[i + 1] & 0xff) * 38470 + (rgb[i + 2] & 0xff) * 7471 + 0x8000) >> 16;
    }

    private static byte[] blendTable(int from, float factor) {
        byte[] table = new byte[256];
        for (int v = 0; v < 256; v++) {
            table[v] = blend(from, v, factor);
        }
        return table;
    }

    private static void apply(byte[] rgb, byte[] table) {
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = table[rgb[i] & 0xff];
        }
    }

    private static byte blend(int from, int to, float factor) {
        float value = from + factor * (to - from);
        return (byte) (value <= 0 ? 0 : value >= 255 ? 255 : (int) value);
    }

    private static void turnHue(byte[] rgb, int i, int shift) {
        int r = rgb[i] & 0xff;
        int g = rgb[i + 1] & 0xff;
        int b = rgb[i + 2] & 0xff;
        int max = Math.max(r, Math.max(g, b));
        int range = max - Math.min(r, Math.min(g, b));
        if (range == 0) {
            return;
        }
        float rc = (max - r) / (float) range;
        float gc = (max - g) / (float) range;
        float bc = (max - b) / (float) range;
        float turned = r == max ? bc - gc : g == max ? 2 + rc - bc : 4 + gc - rc;
        float hue = turned / 6f;
        int h = ((int) ((hue < 0 ? hue + 1 : hue) * 255) + shift) & 0xff;
        int s = (int) (range / (float) max * 255);
        if (s == 0) {
            rgb[i] = rgb[i + 1] = rgb[i + 2] = (byte) max;
            return;
        }
        float sector = h * 6f / 255;
        int k = (int) sector;
        float f = sector - k;
        float fs = s / 255f;
        byte v = (byte) max;
        byte p = round(max * (1 - fs));
        byte q = round(max * (1 - fs * f));
        byte t = round(max * (1 - fs * (1 - f)));
        switch (k % 6) {
            case 0 -> put(rgb, i, v, t, p);
            case 1 -> put(rgb, i, q, v, p);
            case 2 -> put(rgb, i, p, v, t);
            case 3 -> put(rgb, i, p, q, v);
            case 4 -> put(rgb, i, t, p, v);
            default -> put(rgb, i, v, p, q);
        }
    }

    private static byte round(float value) {
        return (byte) (int) (value + 0.5f);
    }

    private static void put(byte[] rgb, int i, byte r, byte g, byte b) {
        rgb[i] = r;
        rgb[i + 1] = g;
        rgb[i + 2] = b;
    }
}
