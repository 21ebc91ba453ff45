package org.gazecheck.audit.intervention;

import org.gazecheck.image.RgbImage;

/**
 * An image without a part of it. Each hidden pixel takes the value of the pixel that lies mirrored at the nearest edge, so
 * that the texture goes on; where that one is hidden too, the value at the edge.
 */
final class FilledRegion {
    private static final int NONE = -1;

    private final RgbImage frame;
    private final int width;
    private final int height;
    private final boolean[] hidden;

    private FilledRegion(RgbImage frame, boolean[] hidden) {
        this.frame = frame;
        this.width = frame.width();
        this.height = frame.height();
        this.hidden = hidden;
    }

    /** @param hidden [height, width]; where all is, the image stays as it is */
    static RgbImage of(RgbImage frame, boolean[] hidden) {
        return new FilledRegion(frame, hidden).filled();
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
}
