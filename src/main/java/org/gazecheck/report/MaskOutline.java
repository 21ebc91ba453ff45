package org.gazecheck.report;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.image.Mask;

/**
 * The outline of a mask: closed polygons along the edges between foreground and background, drawn to 255 units a side.
 * Steps of pixels are smoothed by leaving out corners that lie nearer than 1.3 units to the line without them (Ramer
 * 1972, Douglas and Peucker 1973); of an outline of more than 250 corners the limit is doubled until it has fewer. Rings
 * around less than eight squares of the limit are specks and left out, except the largest.
 *
 * @param rings corners x, y, x, y, ... of each polygon, 0..255
 */
record MaskOutline(List<int[]> rings) {
    static final int UNITS = 255;

    private static final int MOST_CORNERS = 250;
    private static final double LIMIT = 1.3;
    private static final double SPECK = 8;

    /** Steps along the edges of pixels: right, down, left, up. */
    private static final int[] DX = {1, 0, -1, 0};

    private static final int[] DY = {0, 1, 0, -1};

    /** No rings where nothing is foreground. */
    static MaskOutline of(Mask mask) {
        List<double[]> rings = new Edges(mask).rings();
        double limit = LIMIT;
        List<int[]> simple = simplified(rings, limit);
        while (corners(simple) > MOST_CORNERS) {
            limit *= 2;
            simple = simplified(rings, limit);
        }
        return new MaskOutline(simple);
    }

    /** Of every ring the number of its corners, as two bytes, then the corners; low byte first. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int[] ring : rings) {
            bytes.write(ring.length / 2);
            bytes.write(ring.length / 2 >> 8);
            for (int coordinate : ring) {
                bytes.write(coordinate);
            }
        }
        return bytes.toByteArray();
    }

    private static int corners(List<int[]> rings) {
        return rings.stream().mapToInt(ring -> ring.length / 2).sum();
    }

    private static List<int[]> simplified(List<double[]> rings, double limit) {
        double most = rings.stream().mapToDouble(MaskOutline::area).max().orElse(0);
        List<int[]> simple = new ArrayList<>();
        for (double[] ring : rings) {
            double area = area(ring);
            if (area >= SPECK * limit * limit || area == most) {
                simple.add(simplified(ring, limit));
            }
        }
        return simple;
    }

    private static double area(double[] ring) {
        int n = ring.length / 2;
        double twice = 0;
        for (int i = 0; i < n; i++) {
            int j = (i + 1) % n;
            twice += ring[2 * i] * ring[2 * j + 1] - ring[2 * j] * ring[2 * i + 1];
        }
        return Math.abs(twice) / 2;
    }

    private static int[] simplified(double[] ring, double limit) {
        int n = ring.length / 2;
        int opposite = 0;
        for (int i = 1; i < n; i++) {
            opposite = squared(ring, 0, i) > squared(ring, 0, opposite) ? i : opposite;
        }
        boolean[] kept = new boolean[n + 1];
        kept[0] = true;
        kept[opposite] = true;
        keep(ring, 0, opposite, limit, kept);
        keep(ring, opposite, n, limit, kept);
        List<Integer> corners = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (kept[i]) {
                corners.add((int) Math.round(ring[2 * i]));
                corners.add((int) Math.round(ring[2 * i + 1]));
            }
        }
        return corners.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Keeps, between two corners that are kept, the farthest from their line, and so on; corner n is the first again. */
    private static void keep(double[] ring, int from, int to, double limit, boolean[] kept) {
        int n = ring.length / 2;
        int farthest = -1;
        double most = limit;
        for (int i = from + 1; i < to; i++) {
            double distance = distance(ring, i, from, to % n);
            if (distance > most) {
                most = distance;
                farthest = i;
            }
        }
        if (farthest >= 0) {
            kept[farthest] = true;
            keep(ring, from, farthest, limit, kept);
            keep(ring, farthest, to, limit, kept);
        }
    }

    private static double squared(double[] ring, int i, int j) {
        double dx = ring[2 * i] - ring[2 * j];
        double dy = ring[2 * i + 1] - ring[2 * j + 1];
        return dx * dx + dy * dy;
    }

    /** Of corner i from the segment between corners a and b. */
    private static double distance(double[] ring, int i, int a, int b) {
        double length = squared(ring, a, b);
        double px = ring[2 * i] - ring[2 * a];
        double py = ring[2 * i + 1] - ring[2 * a + 1];
        double dx = ring[2 * b] - ring[2 * a];
        double dy = ring[2 * b + 1] - ring[2 * a + 1];
        double along = length == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
        return Math.hypot(px - along * dx, py - along * dy);
    }

    /** Walks along the edges of pixels with the foreground on the right; foreground that touches in a corner is apart. */
    private record Edges(Mask mask) {
        /** Corners of every ring in units. */
        List<double[]> rings() {
            boolean[] walked = new boolean[mask.width() * mask.height()];
            List<double[]> rings = new ArrayList<>();
            for (int i = 0; i < walked.length; i++) {
                if (!walked[i] && edge(i % mask.width(), i / mask.width(), 0)) {
                    rings.add(ring(i % mask.width(), i / mask.width(), walked));
                }
            }
            return rings;
        }

        private double[] ring(int startX, int startY, boolean[] walked) {
            List<Double> corners = new ArrayList<>();
            int x = startX;
            int y = startY;
            int direction = 0;
            do {
                if (direction == 0) {
                    walked[y * mask.width() + x] = true;
                }
                x += DX[direction];
                y += DY[direction];
                int next = turned(x, y, direction);
                if (next != direction) {
                    corners.add((double) UNITS * x / mask.width());
                    corners.add((double) UNITS * y / mask.height());
                }
                direction = next;
            } while (x != startX || y != startY || direction != 0);
            return corners.stream().mapToDouble(Double::doubleValue).toArray();
        }

        /** Right, else straight on, else left. */
        private int turned(int x, int y, int direction) {
            for (int turn = 1; turn >= -1; turn--) {
                int next = direction + turn & 3;
                if (edge(x, y, next)) {
                    return next;
                }
            }
            throw new IllegalStateException("an edge that ends at " + x + ", " + y);
        }

        /** Whether an edge leads from a corner into a direction. */
        private boolean edge(int x, int y, int direction) {
            return switch (direction) {
                case 0 -> foreground(x, y) && !foreground(x, y - 1);
                case 1 -> foreground(x - 1, y) && !foreground(x, y);
                case 2 -> foreground(x - 1, y - 1) && !foreground(x - 1, y);
                default -> foreground(x, y - 1) && !foreground(x - 1, y - 1);
            };
        }

        private boolean foreground(int x, int y) {
            return x >= 0 && y >= 0 && x < mask.width() && y < mask.height() && mask.foreground()[y * mask.width() + x];
        }
    }
}
