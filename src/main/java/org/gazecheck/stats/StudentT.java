package org.gazecheck.stats;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/** The 95 % interval of a mean by Student's t: {@code mean ± t(n - 1) s / sqrt(n)}. */
public final class StudentT {
    private StudentT() {}

    /** @return NaN at both ends for fewer than two values */
    public static Interval interval(double[] values) {
        if (values.length < 2) {
            return new Interval(Double.NaN, Double.NaN);
        }
        SummaryStatistics summary = new SummaryStatistics();
        for (double value : values) {
            summary.addValue(value);
        }
        double t = new TDistribution(null, values.length - 1).inverseCumulativeProbability(0.975);
        double half = t * summary.getStandardDeviation() / Math.sqrt(values.length);
        return new Interval(summary.getMean() - half, summary.getMean() + half);
    }
}
