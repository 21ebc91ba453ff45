package org.gazecheck.stats;

import java.util.Arrays;

/** Images by the stratum that they belong to. */
final class Strata {
    private Strata() {}

    /**
     * @param strata [images] the stratum of each image, from 0
     * @return [strata][images of it] rising
     */
    static int[][] members(int[] strata) {
        int[] sizes = new int[Arrays.stream(strata).max().orElse(-1) + 1];
        for (int s : strata) {
            sizes[s]++;
        }
        int[][] members = new int[sizes.length][];
        for (int s = 0; s < sizes.length; s++) {
            members[s] = new int[sizes[s]];
        }
        for (int i = strata.length - 1; i >= 0; i--) {
            members[strata[i]][--sizes[strata[i]]] = i;
        }
        return members;
    }
}
