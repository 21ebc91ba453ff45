package org.gazecheck.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.gazecheck.failure.GazecheckException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Multinomial logistic regression: minimises
 *
 * <pre>  1/n sum_i w_i H(q_i, softmax(W x_i + b)) + l2 * sum W^2</pre>
 *
 * where {@code w_i} is the weight of a row, 1 unless others are given, and {@code H} is the cross-entropy with the smoothed label {@code q_i = (1 - s) onehot(label) + s / classes} (Szegedy
 * et al. 2016, "Rethinking the Inception architecture", section 7). Matrix products in single precision, everything
 * summed over them in double precision and in a fixed order, so that the result depends on nothing but the input and the
 * number of BLAS threads.
 */
final class LogisticRegression implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 256;
    /** A multiple of the rows at once, so that sums are added up in the same order whatever the pieces. */
    private static final int PIECE = 8192;

    private final int n;
    private final int d;
    private final int classes;
    private final int[] labels;
    private final double[] rowWeights;
    private final double smoothing;
    /** Column-major [d, classes] is row-major [classes, d]; likewise in {@link Piece}. */
    private final INDArray weights;

    private final INDArray weightGradient;
    private final float[] weightValues;
    private final List<Piece> pieces = new ArrayList<>();

    /**
     * Some of the rows, in native memory; what is computed of a piece is not kept while others are.
     *
     * @param from the first row
     * @param features [d, rows]
     * @param scores [classes, rows], shared by pieces of one size
     * @param scoreValues the same in Java
     */
    private record Piece(int from, INDArray features, INDArray scores, float[] scoreValues) {
        int rows() {
            return (int) features.columns();
        }
    }

    /**
     * @param features as many rows of {@code d} as there are labels
     * @param labels [n], each an index below {@code classes}
     * @param smoothing s, in 0..1
     * @throws IOException also when the rows take more native memory than there may be
     */
    LogisticRegression(FeatureRows features, int d, int[] labels, int classes, double smoothing) throws IOException {
        this(features, d, labels, ones(labels.length), classes, smoothing);
    }

    /** @param rowWeights [n], 0 or more, 1 on average */
    LogisticRegression(FeatureRows features, int d, int[] labels, double[] rowWeights, int classes, double smoothing)
            throws IOException {
        this.rowWeights = rowWeights;
        this.n = labels.length;
        this.d = d;
        this.classes = classes;
        this.labels = labels;
        this.smoothing = smoothing;
        checkMemory();
        this.weights = columnMajor(d, classes);
        this.weightGradient = columnMajor(d, classes);
        this.weightValues = new float[d * classes];
        for (int from = 0; from < n; from += PIECE) {
            add(features, from, Math.min(PIECE, n - from));
        }
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private void checkMemory() throws IOException {
        long bytes = 4L * n * d;
        if (Pointer.maxBytes() > 0 && bytes > Pointer.maxBytes() - Pointer.totalBytes()) {
            throw new GazecheckException(String.format(
                    Locale.ROOT,
                    "the probe's features take %.1f GB of native memory (%d views of %d numbers), more than the %.1f GB"
                            + " that it may have: raise GAZECHECK_NATIVE_MEMORY and GAZECHECK_MEMORY, or lower"
                            + " train.views.crops",
                    bytes / 1e9,
                    n,
                    d,
                    Pointer.maxBytes() / 1e9));
        }
    }

    private void add(FeatureRows features, int from, int rows) throws IOException {
        float[] values = new float[Math.multiplyExact(rows, d)];
        for (int i = 0; i < rows; i++) {
            features.read(from + i, values, i * d);
        }
        INDArray matrix = columnMajor(d, rows);
        NativeFloats.put(values, matrix);
        Piece first = pieces.isEmpty() ? null : pieces.get(0);
        pieces.add(
                first != null && first.rows() == rows
                        ? new Piece(from, matrix, first.scores, first.scoreValues)
                        : new Piece(from, matrix, columnMajor(classes, rows), new float[rows * classes]));
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
        double[] biasGradient = new double[classes];
        double loss = 0;
        for (Piece piece : pieces) {
            Nd4j.gemm(weights, piece.features, piece.scores, true, false, 1, 0);
            NativeFloats.get(piece.scores, piece.scoreValues);
            loss = residuals(x, piece, loss, biasGradient);
            NativeFloats.put(piece.scoreValues, piece.scores);
            Nd4j.gemm(piece.features, piece.scores, weightGradient, false, true, 1, piece.from == 0 ? 0 : 1);
        }
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

    /** Turns a piece's scores into {@code softmax - q}; adds its cross-entropy, and that's gradient to the bias. */
    private double residuals(double[] x, Piece piece, double lossBefore, double[] biasGradient) {
        int chunks = (piece.rows() + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
        double[] losses = new double[chunks];
        double[][] biasGradients = new double[chunks][classes];
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            double[] p = new double[classes];
            int end = Math.min(piece.rows(), (chunk + 1) * ROWS_AT_ONCE);
            for (int i = chunk * ROWS_AT_ONCE; i < end; i++) {
                losses[chunk] += residual(x, piece.scoreValues, i, piece.from + i, p, biasGradients[chunk]);
            }
        });
        double loss = lossBefore;
        for (int chunk = 0; chunk < chunks; chunk++) {
            loss += losses[chunk];
            for (int c = 0; c < classes; c++) {
                biasGradient[c] += biasGradients[chunk][c];
            }
        }
        return loss;
    }

    /** @param example which of all is row {@code index} of the scores */
    private double residual(double[] x, float[] scores, int index, int example, double[] p, double[] biasGradient) {
        int row = index * classes;
        int label = labels[example];
        double weight = rowWeights[example];
        int bias = classes * d;
        double highest = Double.NEGATIVE_INFINITY;
        double mean = 0;
        for (int c = 0; c < classes; c++) {
            p[c] = scores[row + c] + x[bias + c];
            highest = Math.max(highest, p[c]);
            mean += p[c] / classes;
        }
        double target = p[label];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            p[c] = Math.exp(p[c] - highest);
            sum += p[c];
        }
        for (int c = 0; c < classes; c++) {
            double q = smoothing / classes + (c == label ? 1 - smoothing : 0);
            double r = weight * (p[c] / sum - q);
            biasGradient[c] += r;
            scores[row + c] = (float) r;
        }
        return weight * (highest + Math.log(sum) - (1 - smoothing) * target - smoothing * mean);
    }

    @Override
    public void close() {
        pieces.forEach(piece -> piece.features.close());
        pieces.stream().map(Piece::scores).filter(scores -> !scores.wasClosed()).forEach(INDArray::close);
        weights.close();
        weightGradient.close();
    }

    private static INDArray columnMajor(int rows, int columns) {
        return Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', rows, columns);
    }
}
