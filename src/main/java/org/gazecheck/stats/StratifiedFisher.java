package org.gazecheck.stats;

import java.util.List;
import org.apache.commons.math3.distribution.HypergeometricDistribution;

/**
 * The exact one-sided test that a property goes with an outcome within strata: given all margins, the sum over strata of
 * those with both has the distribution of a sum of independent hypergeometric numbers (Fisher 1935; Birch 1964 for strata).
 */
public final class StratifiedFisher {
    private StratifiedFisher() {}

    /**
     * A two by two table.
     *
     * @param both with the property and the outcome
     * @param with the property
     * @param outcome with the outcome
     * @param all in the stratum
     */
    public record Stratum(int both, int with, int outcome, int all) {
        public Stratum {
            if (both < 0
                    || both > with
                    || both > outcome
                    || with > all
                    || outcome > all
                    || with + outcome - both > all) {
                throw new IllegalArgumentException(both + " of " + with + " and " + outcome + " of " + all);
            }
        }
    }

    /** The chance of as many with both, or more, if the property went with nothing; 1 without strata. */
    public static double greaterP(List<Stratum> strata) {
        double[] chance = {1};
        int observed = 0;
        for (Stratum stratum : strata) {
            observed += stratum.both();
            chance = added(chance, stratum);
        }
        double p = 0;
        for (int sum = observed; sum < chance.length; sum++) {
            p += chance[sum];
        }
        return Math.min(1, p);
    }

    private static double[] added(double[] chance, Stratum stratum) {
        int least = Math.max(0, stratum.with() + stratum.outcome() - stratum.all());
        int most = Math.min(stratum.with(), stratum.outcome());
        double[] next = new double[chance.length + most];
        if (least == most) {
            System.arraycopy(chance, 0, next, most, chance.length);
            return next;
        }
        HypergeometricDistribution both =
                new HypergeometricDistribution(null, stratum.all(), stratum.with(), stratum.outcome());
        for (int k = least; k <= most; k++) {
            double weight = both.probability(k);
            for (int sum = 0; sum < chance.length; sum++) {
                next[sum + k] += weight * chance[sum];
            }
        }
        return next;
    }
}
