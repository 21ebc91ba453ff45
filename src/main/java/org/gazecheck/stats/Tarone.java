package org.gazecheck.stats;

import java.util.Arrays;

/**
 * Which of many discrete tests could be significant at all (Tarone 1990): a test of three images has a least p-value, and
 * where that is out of reach the test can be left out before the others are corrected, without a look at its result. With
 * {@code m(K)} the number of tests whose least p-value is at most {@code level / K}, those of the smallest K with
 * {@code m(K) <= K} are kept.
 */
public final class Tarone {
    private Tarone() {}

    /**
     * @param least [m] the least p-value that each test can have; 0 where nothing bounds it
     * @param level of all tests together
     * @return [m] which are to be corrected for each other; the others cannot be significant
     */
    public static boolean[] testable(double[] least, double level) {
        for (int k = 1; ; k++) {
            double reach = level / k;
            if (Arrays.stream(least).filter(p -> p <= reach).count() <= k) {
                boolean[] testable = new boolean[least.length];
                for (int i = 0; i < least.length; i++) {
                    testable[i] = least[i] <= reach;
                }
                return testable;
            }
        }
    }
}
