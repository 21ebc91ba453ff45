package org.gazecheck.stats;

/**
 * Cliff's delta within strata of resampled images.
 *
 * @param group [n] whether an image belongs to the group
 * @param sorted [strata] the images of each that have a value, ascending by it
 * @param values [n]
 */
record ResampledDelta(boolean[] group, int[][] sorted, double[] values) {
    Interval interval(Bootstrap bootstrap) {
        int[] sides = new int[group.length];
        for (int i = 0; i < sides.length; i++) {
            sides[i] = group[i] ? 1 : 0;
        }
        return bootstrap
                .intervals(sides, 1, (counts, out) -> out[0] = of(counts))
                .intervals()[0]
                .within(-1, 1);
    }

    /** @param counts [n] how often each image is there */
    private double of(int[] counts) {
        double surplus = 0;
        double pairs = 0;
        for (int[] stratum : sorted) {
            double members = 0;
            double others = 0;
            for (int i : stratum) {
                members += group[i] ? counts[i] : 0;
                others += group[i] ? 0 : counts[i];
            }
            pairs += members * others;
            double below = 0;
            for (int from = 0, to; from < stratum.length; from = to) {
                to = StratifiedGroups.endOfTie(stratum, values, from);
                double tiedMembers = 0;
                double tiedOthers = 0;
                for (int k = from; k < to; k++) {
                    tiedMembers += group[stratum[k]] ? counts[stratum[k]] : 0;
                    tiedOthers += group[stratum[k]] ? 0 : counts[stratum[k]];
                }
                surplus += tiedMembers * (2 * below + tiedOthers - others);
                below += tiedOthers;
            }
        }
        return pairs == 0 ? 0 : surplus / pairs;
    }
}
