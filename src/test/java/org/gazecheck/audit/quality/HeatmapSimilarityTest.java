package org.gazecheck.audit.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeatmapSimilarityTest {
    /** Against numpy, with mean ranks of ties. */
    @Test
    void rankCorrelationWithTies() {
        float[] a = {3, 1, 4, 1, 5, 9, 2, 6};
        float[] b = {2, 7, 1, 8, 2, 8, 1, 8};
        assertEquals(0.19885368120992464, HeatmapSimilarity.rankCorrelation(a, b), 1e-12);
        float[] cubed = {27, 1, 64, 1, 125, 729, 8, 216};
        assertEquals(1, HeatmapSimilarity.rankCorrelation(a, cubed), 1e-12);
        float[] turned = {-3, -1, -4, -1, -5, -9, -2, -6};
        assertEquals(-1, HeatmapSimilarity.rankCorrelation(a, turned), 1e-12);
    }

    @Test
    void aConstantMapOrdersNothing() {
        assertEquals(0, HeatmapSimilarity.rankCorrelation(new float[] {1, 1, 1}, new float[] {1, 2, 3}));
        assertEquals(0, HeatmapSimilarity.rankCorrelation(new float[] {1, 1, 1}, new float[] {4, 4, 4}));
        assertEquals(0, HeatmapSimilarity.rankCorrelation(new float[] {3}, new float[] {3}), "one cell");
    }

    /** Against the formula in PyTorch (conv2d with the Gaussian window, double precision). */
    @Test
    void structuralSimilarityIsThatOfTheFormula() {
        int h = 16;
        int w = 20;
        float[] a = new float[h * w];
        float[] b = new float[h * w];
        for (int i = 0; i < a.length; i++) {
            a[i] = (float) (Math.sin(i * 0.37) + 0.3 * Math.cos(i * 0.011));
            b[i] = (float) (Math.sin(i * 0.37 + 0.4) + 0.01 * i / 20);
        }
        assertEquals(0.8884846538273504, HeatmapSimilarity.structuralSimilarity(a, b, h, w), 1e-7);
        float[] scaled = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            scaled[i] = 3 * a[i] - 7;
        }
        assertEquals(1, HeatmapSimilarity.structuralSimilarity(a, scaled, h, w), 1e-5);
    }
}
