package org.gazecheck.stats;

import java.util.Arrays;

/**
 * Points of the plane in cells that are quartered until each holds one (Barnes and Hut 1986). Points at the same place, or so
 * near that quartering does not part them, share a cell. Cells stand in the order of a walk: each before its quarters.
 */
final class QuadTree {
    private static final int DEEPEST = 48;
    private static final int QUARTERS = 4;

    private final double[][] points;
    private final int[] order;
    private final int[] parted;
    /** [n] the cell that holds a point alone. */
    private final int[] leaf;

    private int cells;
    /** [cells] the cell after the last of its quarters'. */
    private int[] next;

    private double[] count;
    private double[] x;
    private double[] y;
    private double[] squaredSide;

    /** @param points [n][2], finite, at least one */
    QuadTree(double[][] points) {
        int n = points.length;
        this.points = points;
        this.order = new int[n];
        this.parted = new int[n];
        this.leaf = new int[n];
        reserve(2 * n + QUARTERS);
        double[] low = points[0].clone();
        double[] high = points[0].clone();
        for (int i = 0; i < n; i++) {
            order[i] = i;
            for (int axis = 0; axis < 2; axis++) {
                low[axis] = Math.min(low[axis], points[i][axis]);
                high[axis] = Math.max(high[axis], points[i][axis]);
            }
        }
        double half = Math.max(high[0] - low[0], high[1] - low[1]) / 2;
        divide(0, n, (low[0] + high[0]) / 2, (low[1] + high[1]) / 2, half, 0);
    }

    private void reserve(int capacity) {
        next = next == null ? new int[capacity] : Arrays.copyOf(next, capacity);
        count = count == null ? new double[capacity] : Arrays.copyOf(count, capacity);
        x = x == null ? new double[capacity] : Arrays.copyOf(x, capacity);
        y = y == null ? new double[capacity] : Arrays.copyOf(y, capacity);
        squaredSide = squaredSide == null ? new double[capacity] : Arrays.copyOf(squaredSide, capacity);
    }

    /** Makes the cell of the points from..to of the order, and those of its quarters. */
    private void divide(int from, int to, double centreX, double centreY, double half, int depth) {
        if (cells == next.length) {
            reserve(2 * cells);
        }
        int cell = cells++;
        count[cell] = to - from;
        squaredSide[cell] = 4 * half * half;
        for (int e = from; e < to; e++) {
            x[cell] += points[order[e]][0] / (to - from);
            y[cell] += points[order[e]][1] / (to - from);
        }
        if (to - from == 1 || depth == DEEPEST || !(half > 0)) {
            for (int e = from; e < to; e++) {
                leaf[order[e]] = cell;
            }
        } else {
            int[] ends = part(from, to, centreX, centreY);
            int begin = from;
            for (int quarter = 0; quarter < QUARTERS; quarter++) {
                if (ends[quarter] > begin) {
                    double step = half / 2;
                    divide(
                            begin,
                            ends[quarter],
                            centreX + ((quarter & 1) == 0 ? -step : step),
                            centreY + ((quarter & 2) == 0 ? -step : step),
                            step,
                            depth + 1);
                }
                begin = ends[quarter];
            }
        }
        next[cell] = cells;
    }

    /** Sorts from..to of the order by quarter. @return the end of each quarter */
    private int[] part(int from, int to, double centreX, double centreY) {
        int[] ends = new int[QUARTERS];
        int at = from;
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            for (int e = from; e < to; e++) {
                double[] point = points[order[e]];
                if ((point[0] < centreX ? 0 : 1) + (point[1] < centreY ? 0 : 2) == quarter) {
                    parted[at++] = order[e];
                }
            }
            ends[quarter] = at;
        }
        System.arraycopy(parted, from, order, from, to - from);
        return ends;
    }

    /**
     * What pushes a point from all others with weights {@code w = 1 / (1 + d²)}: a cell whose side over its distance is less
     * than {@code theta} counts as its points' mean, so many times.
     *
     * @param theta from 0, where every point counts by itself, to less than 0.7, below which a cell never counts for a point in it
     * @param force [2] receives the sum of {@code w² (y_i - y_j)}
     * @return the sum of w
     */
    double repulsion(int i, double theta, double[] force) {
        double px = points[i][0];
        double py = points[i][1];
        double squaredTheta = theta * theta;
        double sum = 0;
        double forceX = 0;
        double forceY = 0;
        int cell = 0;
        while (cell < cells) {
            double offX = px - x[cell];
            double offY = py - y[cell];
            double square = offX * offX + offY * offY;
            if (next[cell] == cell + 1 || squaredSide[cell] < squaredTheta * square) {
                double others = cell == leaf[i] ? count[cell] - 1 : count[cell];
                double weight = 1 / (1 + square);
                double weighted = others * weight;
                sum += weighted;
                forceX += weighted * weight * offX;
                forceY += weighted * weight * offY;
                cell = next[cell];
            } else {
                cell++;
            }
        }
        force[0] = forceX;
        force[1] = forceY;
        return sum;
    }
}
