package org.gazecheck.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much every point wants every other one near, as a probability over pairs: {@code p(ij) = (p(j|i) + p(i|j)) / 2n} with
 * Gaussians of equal perplexity over the nearest neighbours, three times as many as the perplexity (van der Maaten 2014,
 * section 3).
 *
 * @param columns [n][.] of the pairs that are not 0, rising
 * @param weights [n][.] p(ij); all together they are 1
 */
record Affinities(int[][] columns, double[][] weights) {
    private static final int NEIGHBOURS_A_PERPLEXITY = 3;
    private static final int HALVINGS = 100;
    private static final double CLOSE = 1e-10;

    /**
     * @param points [n][d], n at least 3
     * @param perplexity at least 1; lowered to a third of the other points where they are fewer
     */
    static Affinities of(double[][] points, double perplexity) {
        return of(NearestNeighbours.of(points, neighbours(points.length, perplexity)), perplexity);
    }

    /** How many neighbours a perplexity looks at among n points. */
    static int neighbours(int n, double perplexity) {
        return (int) Math.min(n - 1, Math.ceil(NEIGHBOURS_A_PERPLEXITY * perplexity));
    }

    /** @param nearest as many as {@link #neighbours} says */
    static Affinities of(NearestNeighbours nearest, double perplexity) {
        int n = nearest.indices().length;
        double reachable = Math.max(1, Math.min(perplexity, (n - 1.0) / NEIGHBOURS_A_PERPLEXITY));
        double[][] conditional = IntStream.range(0, n)
                .parallel()
                .mapToObj(i -> conditional(nearest.squares()[i], reachable))
                .toArray(double[][]::new);
        return joint(nearest.indices(), conditional);
    }

    /** p(j|i) over i's neighbours, with the Gaussian whose perplexity is the one that is wanted. */
    static double[] conditional(double[] squares, double perplexity) {
        double wanted = Math.log(perplexity);
        double[] p = new double[squares.length];
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double precision =
                1 / Math.max(Double.MIN_NORMAL, Arrays.stream(squares).average().orElseThrow());
        for (int step = 0; step < HALVINGS; step++) {
            double entropy = gaussian(squares, precision, p);
            if (Math.abs(entropy - wanted) < CLOSE) {
                break;
            }
            if (entropy > wanted) {
                low = precision;
                precision =
                        high == Double.POSITIVE_INFINITY ? Math.min(2 * precision, Double.MAX_VALUE) : (low + high) / 2;
            } else {
                high = precision;
                precision = (low + high) / 2;
            }
        }
        return p;
    }

    /** @return the entropy of p, in nats */
    private static double gaussian(double[] squares, double precision, double[] p) {
        double sum = 0;
        double weighted = 0;
        for (int j = 0; j < p.length; j++) {
            double off = precision * (squares[j] - squares[0]);
            p[j] = Math.exp(-off);
            sum += p[j];
            weighted += p[j] == 0 ? 0 : off * p[j];
        }
        for (int j = 0; j < p.length; j++) {
            p[j] /= sum;
        }
        return Math.log(sum) + weighted / sum;
    }

    private static Affinities joint(int[][] nearest, double[][] conditional) {
        int n = nearest.length;
        int[] sizes = new int[n];
        for (int i = 0; i < n; i++) {
            sizes[i] += nearest[i].length;
            for (int j : nearest[i]) {
                sizes[j]++;
            }
        }
        long[][] entries = new long[n][];
        double[][] values = new double[n][];
        for (int i = 0; i < n; i++) {
            entries[i] = new long[sizes[i]];
            values[i] = new double[sizes[i]];
        }
        int[] filled = new int[n];
        for (int i = 0; i < n; i++) {
            for (int e = 0; e < nearest[i].length; e++) {
                int j = nearest[i][e];
                double half = conditional[i][e] / (2.0 * n);
                values[i][filled[i]] = half;
                entries[i][filled[i]] = (long) j << Integer.SIZE | filled[i]++;
                values[j][filled[j]] = half;
                entries[j][filled[j]] = (long) i << Integer.SIZE | filled[j]++;
            }
        }
        int[][] columns = new int[n][];
        double[][] weights = new double[n][];
        for (int i = 0; i < n; i++) {
            merge(i, entries[i], values[i], columns, weights);
        }
        return new Affinities(columns, weights);
    }

    /** A row's entries, each with its column above and its place below, to sums by column. */
    private static void merge(int i, long[] entries, double[] values, int[][] columns, double[][] weights) {
        Arrays.sort(entries);
        int[] column = new int[entries.length];
        double[] weight = new double[entries.length];
        int last = -1;
        for (long entry : entries) {
            int j = (int) (entry >>> Integer.SIZE);
            if (last < 0 || column[last] != j) {
                column[++last] = j;
            }
            weight[last] += values[(int) entry];
        }
        columns[i] = Arrays.copyOf(column, last + 1);
        weights[i] = Arrays.copyOf(weight, last + 1);
    }
}
