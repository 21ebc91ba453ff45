package org.gazecheck.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Each of several groups of images (classes, say) against all others of the same strata: what {@link StratifiedGroups} says of
 * one group, of all of them at once. The groups share one resample of all images, so that the time is linear in images times
 * resamples, not in images times resamples times groups.
 */
public final class GroupsAgainstOthers {
    private final int[][] members;
    private final int[][] strata;
    private final double[] values;
    private final double[] scores;
    private final double tolerance;

    /** [strata] sums of squared scores. */
    private final double[] squares;

    /** [images] {@code group * strata + stratum}. */
    private final int[] cells;

    /** [groups * strata] images. */
    private final int[] sizes;

    /**
     * @param group [n] of each image, from 0
     * @param stratum [n] of each image, from 0
     * @param values [n] that are compared, without NaN
     */
    public GroupsAgainstOthers(int[] group, int[] stratum, double[] values) {
        if (group.length != stratum.length || group.length != values.length) {
            throw new IllegalArgumentException(
                    group.length + " groups, " + stratum.length + " strata, " + values.length + " values");
        }
        this.members = Strata.members(group);
        this.strata = Strata.members(stratum);
        this.values = values.clone();
        this.scores = new StratifiedGroups(new boolean[group.length], stratum).centred(values);
        this.tolerance = 1e-12 * Arrays.stream(scores).map(Math::abs).max().orElse(0) * Math.max(1, group.length);
        this.cells = new int[group.length];
        this.sizes = new int[members.length * strata.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = group[i] * strata.length + stratum[i];
            sizes[cells[i]]++;
        }
        this.squares = new double[strata.length];
        for (int s = 0; s < strata.length; s++) {
            for (int i : strata[s]) {
                squares[s] += scores[i] * scores[i];
            }
        }
    }

    /** How many there are. */
    public int groups() {
        return members.length;
    }

    /** The images of a group, rising. */
    public int[] members(int group) {
        return members[group].clone();
    }

    /** How many of the group are in a stratum with others. */
    public int compared(int group) {
        int compared = 0;
        for (int s = 0; s < strata.length; s++) {
            compared += size(group, s) < strata[s].length ? size(group, s) : 0;
        }
        return compared;
    }

    /** How many others are in a stratum with some of the group. */
    public int others(int group) {
        int others = 0;
        for (int s = 0; s < strata.length; s++) {
            others += size(group, s) > 0 ? strata[s].length - size(group, s) : 0;
        }
        return others;
    }

    private int size(int group, int stratum) {
        return sizes[group * strata.length + stratum];
    }

    /** As {@link StratifiedGroups#difference}. */
    public double difference(int group) {
        return sum(group) / weight(group);
    }

    private double sum(int group) {
        double sum = 0;
        for (int i : members[group]) {
            sum += scores[i];
        }
        return sum;
    }

    private double weight(int group) {
        double weight = 0;
        for (int s = 0; s < strata.length; s++) {
            double a = size(group, s);
            int n = strata[s].length;
            weight += n == 0 ? 0 : a * (n - a) / n;
        }
        return weight;
    }

    /** The standard deviation of {@link #difference} when membership is shuffled within strata. */
    public double spread(int group) {
        double variance = 0;
        for (int s = 0; s < strata.length; s++) {
            double n = strata[s].length;
            double a = size(group, s);
            variance += n > 1 ? a * (n - a) / (n * (n - 1)) * squares[s] : 0;
        }
        return Math.sqrt(variance) / weight(group);
    }

    /**
     * As {@link StratifiedGroups#permutationP}, from the same draws. The images are copied once a group, which takes less than
     * the draws as long as there are fewer groups than shuffles.
     */
    public double permutationP(int group, int sign, int shuffles, SplittableRandom random) {
        double observed = sign * sum(group);
        int[][] drawnFrom = new int[strata.length][];
        for (int s = 0; s < strata.length; s++) {
            drawnFrom[s] = size(group, s) > 0 ? strata[s].clone() : new int[0];
        }
        int asFar = 0;
        for (int shuffle = 0; shuffle < shuffles; shuffle++) {
            double sum = 0;
            for (int s = 0; s < strata.length; s++) {
                if (size(group, s) > 0) {
                    sum += StratifiedGroups.drawn(scores, drawnFrom[s], size(group, s), random);
                }
            }
            asFar += sign * sum >= observed - tolerance ? 1 : 0;
        }
        return (1.0 + asFar) / (1.0 + shuffles);
    }

    /**
     * The 95 % bootstrap interval of every group's {@link #difference}; NaN where a group has no images or no others. Members
     * and others are resampled each by themselves but over all strata; a resample in which no stratum has both counts as 0.
     *
     * <p>Images are drawn from all of them with replacement, one after the other. Of such a sequence, the first m that are not
     * of a group are m independent draws from its others ({@link SharedDraws}), so one sequence serves all groups. The intervals
     * of two groups are therefore not independent of each other, as they are not when the data themselves are drawn.
     */
    public Interval[] differenceIntervals(Bootstrap bootstrap) {
        double[][] resampled = new double[members.length][bootstrap.resamples()];
        SharedDraws draws = new SharedDraws(members, cells, strata.length, values);
        for (int r = 0; r < bootstrap.resamples(); r++) {
            draws.draw(bootstrap.randomness().of(bootstrap.stream(), r));
            for (int group = 0; group < members.length; group++) {
                resampled[group][r] = draws.difference(group);
            }
        }
        Interval[] intervals = new Interval[members.length];
        for (int group = 0; group < members.length; group++) {
            intervals[group] = Bootstrap.around(difference(group), resampled[group]);
        }
        return intervals;
    }
}
