package org.gazecheck.train;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Multinomial logistic regression: minimises
 *
 * <pre>  1/n sum_i H(q_i, softmax(W x_i + b)) + l2 * sum W^2</pre>
 *
 * where {@code H} is the cross-entropy with the smoothed label {@code q_i = (1 - s) onehot(label) + s / classes} (Szegedy
 * et al. 2016, "Rethinking the Inception architecture", section 7). Matrix products in single precision, everything
 * summed over them in double precision and in a fixed order, so that the result depends on nothing but the input and the
 * number of BLAS threads.
 */
final class LogisticRegression implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 256;

    private final int n;
    private final int d;
    private final int classes;
    private final int[] labels;
    private final double smoothing;
    /** Column-major [d, n] is row-major [n, d]; likewise below. */
    private final INDArray features;

    private final INDArray weights;
    private final INDArray scores;
    private final INDArray weightGradient;
    private final float[] weightValues;
    private final float[] scoreValues;

    /**
     * @param features [n, d]
     * @param labels [n], each an index below {@code classes}
     * @param smoothing s, in 0..1
     */
    LogisticRegression(float[] features, int[] labels, int classes, double smoothing) {
        this.n = labels.length;
        this.d = features.length / n;
        this.classes = classes;
        this.labels = labels;
        this.smoothing = smoothing;
        this.features = columnMajor(d, n);
        NativeFloats.put(features, this.features);
        this.weights = columnMajor(d, classes);
        this.scores = columnMajor(classes, n);
        this.weightGradient = columnMajor(d, classes);
        this.weightValues = new float[d * classes];
        this.scoreValues = new float[n * classes];
    }

    /** Length of the vector of unknowns: W row by row, then b. */
    int unknowns() {
        return classes * d + classes;
    }

    /** The function that is minimised, of {@code [classes * d + classes]} unknowns: W [classes, d], then b. */
    Lbfgs.Objective objective(double l2) {
        return (x, gradient) -> evaluate(l2, x, gradient);
    }

    private double evaluate(double l2, double[] x, double[] gradient) {
        int count = classes * d;
        for (int i = 0; i < count; i++) {
            weightValues[i] = (float) x[i];
        }
        NativeFloats.put(weightValues, weights);
        Nd4j.gemm(weights, features, scores, true, false, 1, 0);
        NativeFloats.get(scores, scoreValues);
        double[] biasGradient = new double[classes];
        double loss = residuals(x, biasGradient);
        NativeFloats.put(scoreValues, scores);
        Nd4j.gemm(features, scores, weightGradient, false, true, 1, 0);
        NativeFloats.get(weightGradient, weightValues);
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += x[i] * x[i];
            gradient[i] = weightValues[i] / (double) n + 2 * l2 * x[i];
        }
        for (int c = 0; c < classes; c++) {
            gradient[count + c] = biasGradient[c] / n;
        }
        return loss / n + l2 * squares;
    }

    /** Turns the scores into {@code softmax - q}; returns the summed cross-entropy, and its gradient to the bias. */
    private double residuals(double[] x, double[] biasGradient) {
        int chunks = (n + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
        double[] losses = new double[chunks];
        double[][] biasGradients = new double[chunks][classes];
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            double[] p = new double[classes];
            int end = Math.min(n, (chunk + 1) * ROWS_AT_ONCE);
            for (int i = chunk * ROWS_AT_ONCE; i < end; i++) {
                losses[chunk] += residual(x, i, p, biasGradients[chunk]);
            }
        });
        double loss = 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            loss += losses[chunk];
            for (int c = 0; c < classes; c++) {
                biasGradient[c] += biasGradients[chunk][c];
            }
        }
        return loss;
    }

    private double residual(double[] x, int i, double[] p, double[] biasGradient) {
        int row = i * classes;
        int bias = classes * d;
        double highest = Double.NEGATIVE_INFINITY;
        double mean = 0;
        for (int c = 0; c < classes; c++) {
            p[c] = scoreValues[row + c] + x[bias + c];
            highest = Math.max(highest, p[c]);
            mean += p[c] / classes;
        }
        double target = p[labels[i]];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            p[c] = Math.exp(p[c] - highest);
            sum += p[c];
        }
        for (int c = 0; c < classes; c++) {
            double q = smoothing / classes + (c == labels[i] ? 1 - smoothing : 0);
            double r = p[c] / sum - q;
            biasGradient[c] += r;
            scoreValues[row + c] = (float) r;
        }
        return highest + Math.log(sum) - (1 - smoothing) * target - smoothing * mean;
    }

    @Override
    public void close() {
        features.close();
        weights.close();
        scores.close();
        weightGradient.close();
    }

    private static INDArray columnMajor(int rows, int columns) {
        return Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', rows, columns);
    }
}
