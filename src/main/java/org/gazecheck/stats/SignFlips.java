package org.gazecheck.stats;

import java.util.Arrays;

/**
 * Fisher's sign-flip test of paired differences that are whole numbers, exact: the share of all {@code 2^n} assignments of signs
 * whose sum is as high as the observed one (Fisher 1935, "The Design of Experiments", section 21).
 */
public final class SignFlips {
    private SignFlips() {}

    /**
     * The one-sided p-value of a sum as high as this.
     *
     * @param differences [n]; 0 takes no part
     * @return above 0; 1 where no difference is other than 0
     */
    public static double greaterP(int[] differences) {
        int observed = Arrays.stream(differences).sum();
        int most = Arrays.stream(differences).map(Math::abs).sum();
        double[] chance = new double[2 * most + 1];
        chance[most] = 1;
        for (int difference : differences) {
            int size = Math.abs(difference);
            if (size > 0) {
                chance = flipped(chance, size);
            }
        }
        double p = 0;
        for (int sum = observed; sum <= most; sum++) {
            p += chance[most + sum];
        }
        return Math.min(1, p);
    }

    private static double[] flipped(double[] chance, int size) {
        double[] next = new double[chance.length];
        for (int at = 0; at < chance.length; at++) {
            if (chance[at] > 0) {
                next[at - size] += chance[at] / 2;
                next[at + size] += chance[at] / 2;
            }
        }
        return next;
    }
}
