package org.gazecheck.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What was probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** The candidate nearest to what was written, when it is near: at most a third of its letters differ. */
    public static Optional<String> nearest(String written, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate ->
                        distance(written, candidate) <= Math.max(1, Math.max(candidate.length(), written.length()) / 3))
                .min(Comparator.comparingInt(candidate -> distance(written, candidate)));
    }

    /**
     * Damerau's distance in its restricted form, letter case ignored: insertions, deletions, substitutions and swaps of
     * neighbours that lead from one to the other.
     */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int substitution = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(substitution, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
