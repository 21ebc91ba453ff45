package org.gazecheck.stats;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A mean over rows each of which belongs to one level of several crossed factors, such as an object and a background: rows
 * that share a level are not independent. The variance is that of crossed random effects, by inclusion and exclusion over the
 * factors: {@code V = sum over sets S of factors of (-1)^(|S|+1) V_S}, with {@code V_S} the variance of the mean when rows are
 * clustered by the levels of all factors in {@code S} together (Cameron, Gelbach and Miller 2011, equation 2.11; Owen 2007 for
 * bootstraps of the same). Each {@code V_S} has the correction {@code G / (G - 1)} for its G clusters. Never less than what it would be if rows were
 * independent. Degrees of freedom by Satterthwaite (1946), over the factors.
 *
 * @param variance of the mean
 * @param degrees of freedom, 1 at least
 */
public record CrossedMean(double mean, double variance, double degrees) {
    /**
     * @param values [n], two at least
     * @param factors each [n]: the level of each row
     * @throws IllegalArgumentException for fewer than two rows
     */
    public static CrossedMean of(double[] values, List<int[]> factors) {
        int n = values.length;
        if (n < 2) {
            throw new IllegalArgumentException(n + " rows");
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double[] residuals = Arrays.stream(values).map(value -> value - mean).toArray();
        double independent = Arrays.stream(residuals).map(r -> r * r).sum() / ((double) n * (n - 1));
        double variance = 0;
        double squares = 0;
        for (int set = 1; set < 1 << factors.size(); set++) {
            Clustered clustered = Clustered.of(residuals, factors, set);
            boolean single = Integer.bitCount(set) == 1;
            variance += (Integer.bitCount(set) % 2 == 1 ? 1 : -1) * clustered.variance;
            squares += single ? clustered.variance * clustered.variance / Math.max(1, clustered.clusters - 1) : 0;
        }
        double held = Math.max(variance, independent);
        double degrees = squares > 0 ? Math.max(1, Math.min(n - 1.0, held * held / squares)) : n - 1.0;
        return new CrossedMean(mean, held, degrees);
    }

    private record Clustered(double variance, int clusters) {
        static Clustered of(double[] residuals, List<int[]> factors, int set) {
            Map<List<Integer>, Double> sums = new HashMap<>();
            for (int i = 0; i < residuals.length; i++) {
                int row = i;
                List<Integer> levels = IntStream.range(0, factors.size())
                        .filter(f -> (set >> f & 1) == 1)
                        .mapToObj(f -> factors.get(f)[row])
                        .toList();
                sums.merge(levels, residuals[i], Double::sum);
            }
            int clusters = sums.size();
            double squares =
                    sums.values().stream().mapToDouble(sum -> sum * sum).sum();
            double n = residuals.length;
            double correction = clusters > 1 ? clusters / (clusters - 1.0) : 1;
            return new Clustered(correction * squares / (n * n), clusters);
        }
    }

    /** The one-sided p-value of a mean as high as this if it were 0; 1 where nothing varies and it is not above 0, 0 where it is. */
    public double greaterP() {
        if (variance == 0) {
            return mean > 0 ? 0 : 1;
        }
        return new TDistribution(null, degrees).cumulativeProbability(-mean / Math.sqrt(variance));
    }

    /** The 95 % interval of the mean. */
    public Interval interval() {
        double half = new TDistribution(null, degrees).inverseCumulativeProbability(0.975) * Math.sqrt(variance);
        return new Interval(mean - half, mean + half);
    }
}
