package org.gazecheck.audit.intervention;

import java.util.Arrays;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;

/**
 * An image without its object. Each pixel that is not background, and of a band around these, takes the value of the background
 * pixel that lies mirrored at the nearest edge, so that the texture goes on; where that one is not background, the value
 * at the edge.
 */
final class FilledBackground {
    /** Width of the band as a share of the side: masks are a pixel or two too tight, and petals cast shadows. */
    private static final double BAND = 0.02;

    private static final int NONE = -1;

    private final RgbImage frame;
    private final int width;
    private final int height;
    private final boolean[] hidden;

    private FilledBackground(SegmentedImage image) {
        this.frame = image.frame();
        this.width = frame.width();
        this.height = frame.height();
        this.hidden = widened(image.mask(), (int) Math.ceil(BAND * width));
    }

    /** [size, size, 3]; the image itself where everything would be hidden. */
    static RgbImage of(SegmentedImage image) {
        return new FilledBackground(image).filled();
    }

    private RgbImage filled() {
        int[] edge = nearestVisible();
        byte[] rgb = frame.rgb().clone();
        for (int i = 0; i < hidden.length; i++) {
            if (hidden[i] && edge[i] != NONE) {
                int source = mirrored(i, edge[i]);
                System.arraycopy(frame.rgb(), 3 * source, rgb, 3 * i, 3);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private int mirrored(int pixel, int edge) {
        int x = inside(2 * (edge % width) - pixel % width, width);
        int y = inside(2 * (edge / width) - pixel / width, height);
        int source = y * width + x;
        return hidden[source] ? edge : source;
    }

    /** Reflected at the borders of the image. */
    private static int inside(int at, int size) {
        int reflected = at < 0 ? -at : at >= size ? 2 * size - 2 - at : at;
        return Math.max(0, Math.min(size - 1, reflected));
    }

    /** Of each hidden pixel the visible one from which a wave over eight neighbours reaches it first. */
    private int[] nearestVisible() {
        int[] nearest = new int[hidden.length];
        int[] queue = new int[hidden.length];
        int end = 0;
        for (int i = 0; i < hidden.length; i++) {
            nearest[i] = hidden[i] ? NONE : i;
            if (!hidden[i]) {
                queue[end++] = i;
            }
        }
        for (int begin = 0; begin < end; begin++) {
            int at = queue[begin];
            int x = at % width;
            int y = at / width;
            for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
                for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
                    int next = ny * width + nx;
                    if (nearest[next] == NONE) {
                        nearest[next] = nearest[at];
                        queue[end++] = next;
                    }
                }
            }
        }
        return nearest;
    }

    private static boolean[] widened(Mask mask, int by) {
        boolean[] rows = new boolean[mask.foreground().length];
        boolean[] both = new boolean[rows.length];
        int width = mask.width();
        for (int i = 0; i < rows.length; i++) {
            if (mask.foreground()[i] || mask.unknown()[i]) {
                int x = i % width;
                Arrays.fill(rows, i - Math.min(by, x), i + Math.min(by, width - 1 - x) + 1, true);
            }
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i]) {
                int y = i / width;
                for (int ny = Math.max(0, y - by); ny <= Math.min(mask.height() - 1, y + by); ny++) {
                    both[ny * width + i % width] = true;
                }
            }
        }
        return both;
    }
}
