package org.gazecheck.stats;

import java.util.Arrays;

/**
 * Two groups of one measure.
 *
 * @param a [n], at least one, no NaN
 * @param b [m], at least one, no NaN
 */
public record TwoSamples(double[] a, double[] b) {
    public TwoSamples {
        if (a.length == 0 || b.length == 0) {
            throw new IllegalArgumentException("groups of " + a.length + " and " + b.length);
        }
    }

    public double meanOfA() {
        return Arrays.stream(a).average().orElseThrow();
    }

    public double meanOfB() {
        return Arrays.stream(b).average().orElseThrow();
    }

    /**
     * Cliff's delta (Cliff 1993): the chance that a value of a exceeds one of b minus the chance of the opposite, -1..1.
     * With U the Mann-Whitney statistic of a it is {@code 2U/(nm) - 1}.
     */
    public double cliffsDelta() {
        double[] sorted = b.clone();
        Arrays.sort(sorted);
        long difference = 0;
        for (double value : a) {
            long less = countBelow(sorted, value, false);
            long lessOrEqual = countBelow(sorted, value, true);
            difference += less - (sorted.length - lessOrEqual);
        }
        return (double) difference / ((double) a.length * b.length);
    }

    private static int countBelow(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || orEqual && sorted[middle] == value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
