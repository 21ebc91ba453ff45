package org.gazecheck.train;

import java.io.IOException;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The inverse of {@code c/n X'X + 2 l2 I} for every class, {@code X} being rows of features with a 1 beside them: the Hessian of the
 * {@link LogisticRegression} where all rows are as sure as {@code c} says (Böhning 1992, "Multinomial logistic regression algorithm",
 * iterates with its bound). Factored once, by Cholesky.
 */
final class InverseCurvature implements Lbfgs.Preconditioner, AutoCloseable {
    /** Mean of p (1 - p) over rows and classes of a fitted regression with smoothed labels, about; between 0.01 and 0.2 it matters little. */
    private static final double SURENESS = 0.05;

    private static final int ROWS_AT_ONCE = 4096;

    private final int d;
    private final int classes;
    /** [d + 1, d + 1], the lower triangle of it. */
    private final INDArray factor;

    private final INDArray columns;
    private final float[] values;

    private InverseCurvature(int d, int classes, INDArray factor) {
        this.d = d;
        this.classes = classes;
        this.factor = factor;
        this.columns = columnMajor(d + 1, classes);
        this.values = new float[(d + 1) * classes];
    }

    /** @param features n rows of {@code d} */
    static InverseCurvature of(FeatureRows features, int n, int d, int classes, double l2) throws IOException {
        try (INDArray curvature = curvature(features, n, d)) {
            return new InverseCurvature(d, classes, factor(curvature, d + 1, 2 * l2));
        }
    }

    private static INDArray curvature(FeatureRows features, int n, int d) throws IOException {
        INDArray curvature = columnMajor(d + 1, d + 1);
        for (int from = 0; from < n; from += ROWS_AT_ONCE) {
            int rows = Math.min(ROWS_AT_ONCE, n - from);
            float[] block = new float[Math.multiplyExact(rows, d + 1)];
            for (int i = 0; i < rows; i++) {
                features.read(from + i, block, i * (d + 1));
                block[i * (d + 1) + d] = 1;
            }
            try (INDArray x = columnMajor(d + 1, rows)) {
                NativeFloats.put(block, x);
                Nd4j.gemm(x, x, curvature, false, true, SURENESS / n, from == 0 ? 0 : 1);
            }
        }
        return curvature;
    }

    /** With more of the unit matrix where that is too little for single precision. */
    private static INDArray factor(INDArray curvature, int size, double least) {
        float[] values = new float[size * size];
        INDArray factor = columnMajor(size, size);
        double ridge = least;
        int failed;
        do {
            NativeFloats.get(curvature, values);
            for (int i = 0; i < size; i++) {
                values[i * (size + 1)] += (float) ridge;
            }
            NativeFloats.put(values, factor);
            failed = openblas.LAPACKE_spotrf(openblas.LAPACK_COL_MAJOR, (byte) 'L', size, pointer(factor), size);
            ridge = Math.max(10 * ridge, 1e-7);
        } while (failed != 0);
        return factor;
    }

    @Override
    public void apply(double[] vector) {
        int bias = classes * d;
        for (int c = 0; c < classes; c++) {
            for (int k = 0; k < d; k++) {
                values[c * (d + 1) + k] = (float) vector[c * d + k];
            }
            values[c * (d + 1) + d] = (float) vector[bias + c];
        }
        NativeFloats.put(values, columns);
        solve(openblas.CblasNoTrans);
        solve(openblas.CblasTrans);
        NativeFloats.get(columns, values);
        for (int c = 0; c < classes; c++) {
            for (int k = 0; k < d; k++) {
                vector[c * d + k] = values[c * (d + 1) + k];
            }
            vector[bias + c] = values[c * (d + 1) + d];
        }
    }

    /** ND4J's own call hands on its last letter as it is, which BLAS refuses. */
    private void solve(int transpose) {
        openblas.cblas_strsm(
                openblas.CblasColMajor,
                openblas.CblasLeft,
                openblas.CblasLower,
                transpose,
                openblas.CblasNonUnit,
                d + 1,
                classes,
                1,
                pointer(factor),
                d + 1,
                pointer(columns),
                d + 1);
    }

    @Override
    public void close() {
        factor.close();
        columns.close();
    }

    private static FloatPointer pointer(INDArray array) {
        return (FloatPointer) array.data().addressPointer();
    }

    private static INDArray columnMajor(int rows, int columns) {
        return Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', rows, columns);
    }
}
