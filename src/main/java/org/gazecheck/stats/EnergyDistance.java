package org.gazecheck.stats;

import java.util.SplittableRandom;

/**
 * Whether two sets of points in many dimensions come from one distribution (Székely and Rizzo 2004). With mean distances
 * between points, {@code E = 2 d(a, b) - d(a, a) - d(b, b)}: 0 only where the distributions are the same. Its p-value comes
 * from shuffling which point belongs to which set, so it holds for any number of points and dimensions.
 *
 * @param distance E, in the unit of the points, from 0
 * @param effect {@code E / (2 d(a, b))} (Székely and Rizzo 2013): 0 (the same) to 1 (two different points)
 * @param p {@code (1 + as far) / (1 + shuffles)}, never 0 (Phipson and Smyth 2010)
 */
public record EnergyDistance(double distance, double effect, double p) {
    private static final double TOLERANCE = 1e-9;

    /**
     * Work and memory grow with the square of the number of points.
     *
     * @param a [n][d], at least one
     * @param b [m][d], at least one
     */
    public static EnergyDistance of(float[][] a, float[][] b, int shuffles, SplittableRandom random) {
        if (a.length == 0 || b.length == 0) {
            throw new IllegalArgumentException("sets of " + a.length + " and " + b.length);
        }
        float[][] small = a.length <= b.length ? a : b;
        float[][] large = a.length <= b.length ? b : a;
        float[][] points = new float[small.length + large.length][];
        System.arraycopy(small, 0, points, 0, small.length);
        System.arraycopy(large, 0, points, small.length, large.length);
        Distances distances = Distances.among(points);

        int[] order = new int[points.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        double between = distances.between(order, small.length);
        double seen = distances.energy(order, small.length);
        int asFar = 0;
        for (int s = 0; s < shuffles; s++) {
            for (int i = 0; i < small.length; i++) {
                int j = i + random.nextInt(order.length - i);
                int drawn = order[j];
                order[j] = order[i];
                order[i] = drawn;
            }
            asFar += distances.energy(order, small.length) >= seen - TOLERANCE * distances.scale() ? 1 : 0;
        }
        double effect = between == 0 ? 0 : seen / (2 * between);
        return new EnergyDistance(seen, effect, (1.0 + asFar) / (1.0 + shuffles));
    }

    /**
     * @param each [points][points]
     * @param rows [points] the sum of each row
     * @param all the sum of everything
     */
    private record Distances(float[][] each, double[] rows, double all) {
        static Distances among(float[][] points) {
            int n = points.length;
            float[][] each = new float[n][n];
            double[] rows = new double[n];
            double all = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    float distance = (float) distance(points[i], points[j]);
                    each[i][j] = distance;
                    each[j][i] = distance;
                    rows[i] += distance;
                    rows[j] += distance;
                    all += 2 * distance;
                }
            }
            return new Distances(each, rows, all);
        }

        private static double distance(float[] x, float[] y) {
            double even = 0;
            double odd = 0;
            int d = 0;
            for (; d + 1 < x.length; d += 2) {
                double first = x[d] - y[d];
                double second = x[d + 1] - y[d + 1];
                even += first * first;
                odd += second * second;
            }
            if (d < x.length) {
                even += (double) (x[d] - y[d]) * (x[d] - y[d]);
            }
            return Math.sqrt(even + odd);
        }

        double scale() {
            return all / ((double) rows.length * rows.length);
        }

        /** Between the first {@code n} of an order and the others, on average. */
        double between(int[] order, int n) {
            return (rowsOf(order, n) - within(order, n)) / ((double) n * (order.length - n));
        }

        /** E of the first {@code n} of an order and the others: all sums follow from those of the first. */
        double energy(int[] order, int n) {
            double m = order.length - n;
            double inside = within(order, n);
            double ofRows = rowsOf(order, n);
            double across = ofRows - inside;
            double outside = all - 2 * ofRows + inside;
            return 2 * across / (n * m) - inside / ((double) n * n) - outside / (m * m);
        }

        private double rowsOf(int[] order, int n) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += rows[order[i]];
            }
            return sum;
        }

        private double within(int[] order, int n) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                float[] row = each[order[i]];
                for (int j = 0; j < i; j++) {
                    sum += row[order[j]];
                }
            }
            return 2 * sum;
        }
    }
}
