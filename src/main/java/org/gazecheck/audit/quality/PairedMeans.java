package org.gazecheck.audit.quality;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.results.Figure;
import org.gazecheck.stats.Bootstrap;

/** Means over images with bootstrap intervals; all rows are resampled together, so that differences stay paired. */
final class PairedMeans {
    private PairedMeans() {}

    /** @param rows [figures][n] */
    static List<Figure> of(List<double[]> rows, Bootstrap bootstrap) {
        int n = rows.get(0).length;
        Bootstrap.Figures means = (counts, figures) -> {
            for (int f = 0; f < figures.length; f++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += counts[i] * rows.get(f)[i];
                }
                figures[f] = sum / n;
            }
        };
        Bootstrap.Result result = bootstrap.intervals(new int[n], rows.size(), means);
        List<Figure> figures = new ArrayList<>();
        for (int f = 0; f < rows.size(); f++) {
            figures.add(new Figure(result.values()[f], result.intervals()[f].low(), result.intervals()[f].high(), n));
        }
        return figures;
    }

    /** {@code sign (a - b)} [n]. */
    static double[] difference(double[] a, double[] b, double sign) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = sign * (a[i] - b[i]);
        }
        return difference;
    }
}
