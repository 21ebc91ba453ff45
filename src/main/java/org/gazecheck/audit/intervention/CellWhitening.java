package org.gazecheck.audit.intervention;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Features of cells without what all cells share: less their mean, uncorrelated, of length 1. In these a linear detector of a thing
 * is the mean of its cells (linear discriminant analysis against everything else: Hariharan, Malik and Ramanan 2012).
 */
final class CellWhitening {
    /** Added to each variance, as a share of the mean variance. */
    private static final double RIDGE = 0.05;

    private final double[] mean;
    private final double[][] whitening;

    private CellWhitening(double[] mean, double[][] whitening) {
        this.mean = mean;
        this.whitening = whitening;
    }

    /** @param images one at least */
    static CellWhitening of(List<ImageCells> images) {
        int d = images.get(0).dimensions();
        double[] sum = new double[d];
        double[][] products = new double[d][d];
        long n = 0;
        for (ImageCells image : images) {
            for (int cell = 0; cell < image.fine().count(); cell++) {
                double[] x = image.features(cell);
                for (int i = 0; i < d; i++) {
                    sum[i] += x[i];
                    for (int j = 0; j <= i; j++) {
                        products[i][j] += x[i] * x[j];
                    }
                }
                n++;
            }
        }
        double[][] covariance = new double[d][d];
        double variance = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i][j] = products[i][j] / n - sum[i] / n * (sum[j] / n);
                covariance[j][i] = covariance[i][j];
            }
            variance += covariance[i][i] / d;
        }
        for (int i = 0; i < d; i++) {
            sum[i] /= n;
        }
        return new CellWhitening(sum, inverseRoot(covariance, RIDGE * variance + 1e-12));
    }

    private static double[][] inverseRoot(double[][] covariance, double ridge) {
        EigenDecomposition decomposition = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
        RealMatrix vectors = decomposition.getV();
        double[] values = decomposition.getRealEigenvalues();
        RealMatrix scaled = vectors.copy();
        for (int j = 0; j < values.length; j++) {
            double scale = 1 / Math.sqrt(Math.max(0, values[j]) + ridge);
            for (int i = 0; i < values.length; i++) {
                scaled.multiplyEntry(i, j, scale);
            }
        }
        return scaled.multiply(vectors.transpose()).getData();
    }

    /** Directions of all fine cells of an image, [cells][d], each of length 1. */
    float[][] of(ImageCells image) {
        int d = mean.length;
        float[][] directions = new float[image.fine().count()][d];
        for (int cell = 0; cell < directions.length; cell++) {
            double[] x = image.features(cell);
            double[] white = new double[d];
            double squares = 0;
            for (int j = 0; j < d; j++) {
                x[j] -= mean[j];
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    white[i] += whitening[i][j] * x[j];
                }
                squares += white[i] * white[i];
            }
            for (int i = 0; i < d && squares > 0; i++) {
                directions[cell][i] = (float) (white[i] / Math.sqrt(squares));
            }
        }
        return directions;
    }
}
