package org.gazecheck.stats;

import java.util.OptionalDouble;

/**
 * How far raters agree on nominal categories beyond what the frequencies of the categories alone would give:
 * {@code (o - e) / (1 - e)} with the observed agreement {@code o} and the one by chance {@code e}. 1 is complete
 * agreement, 0 is what chance gives, below 0 is less than that. It is undefined where chance alone gives complete
 * agreement: everyone always says the same one category.
 */
public final class Kappa {
    private Kappa() {}

    /**
     * Of two raters, each with frequencies of their own. Source: Cohen 1960, A coefficient of agreement for nominal
     * scales, Educational and Psychological Measurement 20, 37-46.
     *
     * @param table [categories, categories] how many subjects the first rater put into the row's category and the
     *     second into the column's
     * @return empty where it is undefined, or where there are no subjects
     */
    public static OptionalDouble cohen(int[][] table) {
        int categories = table.length;
        long n = 0;
        long agreed = 0;
        long[] first = new long[categories];
        long[] second = new long[categories];
        for (int a = 0; a < categories; a++) {
            agreed += table[a][a];
            for (int b = 0; b < categories; b++) {
                n += table[a][b];
                first[a] += table[a][b];
                second[b] += table[a][b];
            }
        }
        long chance = 0;
        for (int c = 0; c < categories; c++) {
            chance += first[c] * second[c];
        }
        return chance == n * n
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) (agreed * n - chance) / (n * n - chance));
    }

    /**
     * Of several raters, with the frequencies of all together. Source: Fleiss 1971, Measuring nominal scale agreement
     * among many raters, Psychological Bulletin 76, 378-382.
     *
     * @param ratings [subjects, categories] how many raters put the subject into the category: of every subject the
     *     same number of raters, two at least; one subject at least
     * @param counts [subjects] how often each subject is in the sample
     * @return empty where it is undefined, or where no subject is in the sample
     */
    public static OptionalDouble fleiss(int[][] ratings, int[] counts) {
        long pairs = 0;
        long agreed = 0;
        long[] frequencies = new long[ratings[0].length];
        for (int i = 0; i < ratings.length; i++) {
            long raters = 0;
            long same = 0;
            for (int c = 0; c < frequencies.length; c++) {
                raters += ratings[i][c];
                same += (long) ratings[i][c] * (ratings[i][c] - 1);
                frequencies[c] += (long) counts[i] * ratings[i][c];
            }
            agreed += counts[i] * same;
            pairs += counts[i] * raters * (raters - 1);
        }
        long all = 0;
        for (long frequency : frequencies) {
            all += frequency;
        }
        double chance = 0;
        for (long frequency : frequencies) {
            if (frequency == all) {
                return OptionalDouble.empty();
            }
            chance += (double) frequency / all * frequency / all;
        }
        return OptionalDouble.of(((double) agreed / pairs - chance) / (1 - chance));
    }
}
