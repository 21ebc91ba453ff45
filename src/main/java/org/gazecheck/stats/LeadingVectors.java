package org.gazecheck.stats;

import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.jspecify.annotations.Nullable;

/**
 * The largest eigenvalues, with vectors, of a graph's normalised matrix, whose spectrum lies in -1..1: subspace
 * iteration with a Chebyshev filter (Zhou, Saad, Tiago and Chelikowsky 2006).
 *
 * @param values descending
 * @param vectors [n][values]
 */
record LeadingVectors(double[] values, double[][] vectors) {
    private static final int GUARD = 6;
    private static final int DEGREE = 15;
    private static final int MOST_ROUNDS = 200;
    private static final double TOLERANCE = 1e-10;

    static LeadingVectors of(NeighbourGraph graph, int wanted, SplittableRandom random) {
        int n = graph.size();
        int width = Math.min(n, wanted + GUARD);
        double[][] block = new double[n][width];
        for (double[] row : block) {
            for (int v = 0; v < width; v++) {
                row[v] = random.nextDouble() - 0.5;
            }
        }
        LeadingVectors found = ritz(graph, block, width);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double above = Math.min(0.999, Math.max(-0.5, found.values[width - 1]));
            LeadingVectors next = ritz(graph, filtered(graph, found.vectors, above), width);
            double moved = 0;
            for (int v = 0; v < Math.min(wanted, width); v++) {
                moved = Math.max(moved, Math.abs(next.values[v] - found.values[v]));
            }
            found = next;
            if (moved < TOLERANCE) {
                break;
            }
        }
        return found;
    }

    /** Chebyshev's polynomial that is small on -1..above, applied to a block. */
    private static double[][] filtered(NeighbourGraph graph, double[][] block, double above) {
        double half = (above + 1) / 2;
        double centre = (above - 1) / 2;
        double[][] before = block;
        double[][] now = step(graph.times(block), block, centre, 1 / half, null);
        for (int degree = 2; degree <= DEGREE; degree++) {
            double[][] next = step(graph.times(now), now, centre, 2 / half, before);
            before = now;
            now = next;
        }
        return now;
    }

    private static double[][] step(
            double[][] product, double[][] block, double centre, double scale, double @Nullable [][] before) {
        for (int i = 0; i < product.length; i++) {
            for (int v = 0; v < product[i].length; v++) {
                product[i][v] = scale * (product[i][v] - centre * block[i][v]) - (before == null ? 0 : before[i][v]);
            }
        }
        return product;
    }

    /** The best approximations within a block's span (Rayleigh and Ritz). */
    private static LeadingVectors ritz(NeighbourGraph graph, double[][] block, int width) {
        orthonormalise(block);
        double[][] product = graph.times(block);
        double[][] small = new double[width][width];
        for (int i = 0; i < block.length; i++) {
            for (int v = 0; v < width; v++) {
                for (int w = 0; w < width; w++) {
                    small[v][w] += (block[i][v] * product[i][w] + block[i][w] * product[i][v]) / 2;
                }
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(small, false));
        double[][] vectors = new double[block.length][width];
        for (int v = 0; v < width; v++) {
            double[] mix = eigen.getEigenvector(v).toArray();
            for (int i = 0; i < block.length; i++) {
                for (int w = 0; w < width; w++) {
                    vectors[i][v] += block[i][w] * mix[w];
                }
            }
        }
        return new LeadingVectors(eigen.getRealEigenvalues(), vectors);
    }

    /** Gram and Schmidt, twice, which is enough (Giraud et al. 2005). */
    static void orthonormalise(double[][] block) {
        int width = block[0].length;
        for (int v = 0; v < width; v++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int w = 0; w < v; w++) {
                    double dot = 0;
                    for (double[] row : block) {
                        dot += row[v] * row[w];
                    }
                    for (double[] row : block) {
                        row[v] -= dot * row[w];
                    }
                }
                double squares = 0;
                for (double[] row : block) {
                    squares += row[v] * row[v];
                }
                double norm = Math.sqrt(squares);
                for (double[] row : block) {
                    row[v] = norm > 0 ? row[v] / norm : 0;
                }
            }
        }
    }
}
