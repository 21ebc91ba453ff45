package org.gazecheck.audit.input;

import java.util.Optional;

/**
 * Where a heatmap lies, as numbers that can be compared: its positive part averaged down to at most 8x8 cells, divided by its sum, and its root
 * taken, so that distances are Hellinger's between distributions of energy.
 */
public final class EnergyCells {
    private static final int LARGEST_SIDE = 8;

    private EnergyCells() {}

    /**
     * @param map [h, w]
     * @param width of the map, in cells
     * @return [cells]; empty where the map is nowhere positive
     */
    public static Optional<double[]> of(float[] map, int width) {
        int height = map.length / width;
        int cells = Math.min(Math.min(height, width), LARGEST_SIDE);
        double[] sums = new double[cells * cells];
        double all = 0;
        for (int i = 0; i < map.length; i++) {
            double energy = Math.max(0, map[i]);
            sums[i / width * cells / height * cells + i % width * cells / width] += energy;
            all += energy;
        }
        if (all == 0) {
            return Optional.empty();
        }
        for (int c = 0; c < sums.length; c++) {
            sums[c] = Math.sqrt(sums[c] / all);
        }
        return Optional.of(sums);
    }
}
