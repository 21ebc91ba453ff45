package org.gazecheck.audit.intervention;

import java.util.SplittableRandom;
import org.gazecheck.network.Tensor;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * Activations of single cells in fewer numbers: signed square roots, of length 1, under a random projection of signs, which keeps
 * inner products up to a standard deviation of about {@code 1 / sqrt(d)} (Achlioptas 2003). The same for every
 * seed of a run, so that what is kept serves all.
 */
final class CellProjection {
    private static final int DIMENSIONS = 64;

    private final float[][] signs;

    private CellProjection(float[][] signs) {
        this.signs = signs;
    }

    static CellProjection of(int channels) {
        SplittableRandom random = new Randomness(0).of(Purpose.CELL_PROJECTION.stream(), 0);
        float[][] signs = new float[channels][DIMENSIONS];
        float unit = (float) (1 / Math.sqrt(DIMENSIONS));
        for (float[] row : signs) {
            for (int j = 0; j < DIMENSIONS; j++) {
                row[j] = random.nextBoolean() ? unit : -unit;
            }
        }
        return new CellProjection(signs);
    }

    int dimensions() {
        return DIMENSIONS;
    }

    /**
     * Writes one image's cells, [cells, d].
     *
     * @param activations [n, c, h, w]
     */
    void write(Tensor activations, int image, float[] out, int at) {
        int channels = activations.shape()[1];
        int area = activations.shape()[2] * activations.shape()[3];
        int from = image * channels * area;
        double[] length = new double[area];
        for (int k = 0; k < channels; k++) {
            for (int cell = 0; cell < area; cell++) {
                float value = activations.data()[from + k * area + cell];
                length[cell] += Math.abs(value);
                float root = (float) Math.copySign(Math.sqrt(Math.abs(value)), value);
                if (root != 0) {
                    int to = at + cell * DIMENSIONS;
                    for (int j = 0; j < DIMENSIONS; j++) {
                        out[to + j] += root * signs[k][j];
                    }
                }
            }
        }
        for (int cell = 0; cell < area; cell++) {
            float scale = length[cell] > 0 ? (float) (1 / Math.sqrt(length[cell])) : 0;
            for (int j = 0; j < DIMENSIONS; j++) {
                out[at + cell * DIMENSIONS + j] *= scale;
            }
        }
    }
}
