package org.gazecheck.stats;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The leading principal components by randomised subspace iteration (Halko, Martinsson and Tropp 2011). Time and memory grow
 * with n d: the covariance of all columns is never made. Sums run over blocks of rows of a fixed size, so the number of
 * threads changes nothing.
 */
public final class PrincipalComponents {
    private static final int GUARD = 8;
    private static final int ROUNDS = 8;
    private static final int BLOCK = 256;

    private final float[][] points;
    private final double[] mean;

    private PrincipalComponents(float[][] points) {
        this.points = points;
        this.mean = new double[points[0].length];
        for (float[] point : points) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += point[j] / (double) points.length;
            }
        }
    }

    /**
     * The points' coordinates along the components, the component of most variance first.
     *
     * @param points [n][d], at least one
     * @param most components; there are no more than d
     * @return [n][components], the mean of every column 0
     */
    public static double[][] scores(float[][] points, int most, SplittableRandom random) {
        return new PrincipalComponents(points).scores(Math.min(most, points[0].length), random);
    }

    private double[][] scores(int components, SplittableRandom random) {
        int width = Math.min(components + GUARD, mean.length);
        double[][] basis = new double[mean.length][width];
        for (double[] row : basis) {
            for (int v = 0; v < width; v++) {
                row[v] = random.nextDouble() - 0.5;
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            basis = back(projected(basis));
            LeadingVectors.orthonormalise(basis);
        }
        double[][] projected = projected(basis);
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(squares(projected, width), false));
        double[][] scores = new double[projected.length][components];
        for (int c = 0; c < components; c++) {
            double[] mix = eigen.getEigenvector(c).toArray();
            for (int i = 0; i < scores.length; i++) {
                for (int v = 0; v < width; v++) {
                    scores[i][c] += projected[i][v] * mix[v];
                }
            }
        }
        return scores;
    }

    /** The centred points times a basis [d][b]. */
    private double[][] projected(double[][] basis) {
        return IntStream.range(0, points.length)
                .parallel()
                .mapToObj(i -> {
                    double[] row = new double[basis[0].length];
                    for (int j = 0; j < mean.length; j++) {
                        double value = points[i][j] - mean[j];
                        double[] weights = basis[j];
                        for (int v = 0; v < row.length; v++) {
                            row[v] += value * weights[v];
                        }
                    }
                    return row;
                })
                .toArray(double[][]::new);
    }

    /** The transposed centred points times rows [n][b]: [d][b]. */
    private double[][] back(double[][] rows) {
        double[][] sum = new double[mean.length][rows[0].length];
        int blocks = (points.length + BLOCK - 1) / BLOCK;
        IntStream.range(0, blocks)
                .parallel()
                .mapToObj(block -> back(rows, block * BLOCK, Math.min(points.length, (block + 1) * BLOCK)))
                .forEachOrdered(part -> {
                    for (int j = 0; j < sum.length; j++) {
                        for (int v = 0; v < sum[j].length; v++) {
                            sum[j][v] += part[j][v];
                        }
                    }
                });
        return sum;
    }

    private double[][] back(double[][] rows, int from, int to) {
        double[][] part = new double[mean.length][rows[0].length];
        for (int i = from; i < to; i++) {
            for (int j = 0; j < mean.length; j++) {
                double value = points[i][j] - mean[j];
                double[] into = part[j];
                for (int v = 0; v < into.length; v++) {
                    into[v] += value * rows[i][v];
                }
            }
        }
        return part;
    }

    private static double[][] squares(double[][] rows, int width) {
        double[][] squares = new double[width][width];
        for (double[] row : rows) {
            for (int v = 0; v < width; v++) {
                for (int w = 0; w < width; w++) {
                    squares[v][w] += row[v] * row[w];
                }
            }
        }
        return squares;
    }
}
