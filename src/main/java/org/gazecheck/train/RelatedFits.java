package org.gazecheck.train;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Fits of regressions that differ in some rows and in the weights of rows: by L2 strength, each starts where the one before ended, and all
 * take the curvature of the first. That saves most iterations and leaves where they end as it is, but for the optimiser's tolerance.
 */
final class RelatedFits implements AutoCloseable {
    private final Map<Double, InverseCurvature> curvatures = new HashMap<>();
    private final Map<Double, double[]> ends = new HashMap<>();

    /** @param otherwise where the first fit starts */
    double[] start(double l2, double[] otherwise) {
        return ends.getOrDefault(l2, otherwise);
    }

    /** @param features n rows of {@code d}, of which only the first time anything is read */
    InverseCurvature curvature(double l2, FeatureRows features, int n, int d, int classes) throws IOException {
        InverseCurvature there = curvatures.get(l2);
        if (there == null) {
            there = InverseCurvature.of(features, n, d, classes, l2);
            curvatures.put(l2, there);
        }
        return there;
    }

    void ended(double l2, double[] solution) {
        ends.put(l2, solution);
    }

    @Override
    public void close() {
        curvatures.values().forEach(InverseCurvature::close);
    }
}
