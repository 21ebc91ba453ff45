package org.gazecheck.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One resample of images in strata, for each of several groups and its others: of a sequence of independent draws from all
 * images, the first n - n_g that are not of group g are a resample of its n - n_g others. The totals over the first n draws
 * are kept by group and stratum, so that only the end of the sequence has to be walked for a group, some sqrt(n_g) draws.
 */
final class SharedDraws {
    private final int[][] members;
    private final int[] cells;
    private final int strata;
    private final double[] values;
    private final int[] counts;
    private final double[] sums;
    private final int[] totals;
    private final double[] totalSums;
    private final double[] ownCounts;
    private final double[] ownSums;
    private final double[] otherCounts;
    private final double[] otherSums;

    /** The draws in their order: n, then as many as were needed beyond. */
    private int[] sequence;

    private int drawn;
    private SplittableRandom later = new SplittableRandom(0);
    private SplittableRandom own = new SplittableRandom(0);

    /**
     * @param members [groups][images of it]
     * @param cells [images] {@code group * strata + stratum}
     */
    SharedDraws(int[][] members, int[] cells, int strata, double[] values) {
        this.members = members;
        this.cells = cells;
        this.strata = strata;
        this.values = values;
        this.counts = new int[members.length * strata];
        this.sums = new double[members.length * strata];
        this.totals = new int[strata];
        this.totalSums = new double[strata];
        this.ownCounts = new double[strata];
        this.ownSums = new double[strata];
        this.otherCounts = new double[strata];
        this.otherSums = new double[strata];
        this.sequence = new int[cells.length + 16];
    }

    /** Draws the next resample. */
    void draw(SplittableRandom random) {
        later = random.split();
        own = random.split();
        drawn = cells.length;
        Arrays.fill(counts, 0);
        Arrays.fill(sums, 0);
        for (int i = 0; i < drawn; i++) {
            int image = random.nextInt(cells.length);
            sequence[i] = image;
            counts[cells[image]]++;
            sums[cells[image]] += values[image];
        }
        Arrays.fill(totals, 0);
        Arrays.fill(totalSums, 0);
        for (int cell = 0; cell < counts.length; cell++) {
            totals[cell % strata] += counts[cell];
            totalSums[cell % strata] += sums[cell];
        }
    }

    /**
     * A group's difference of means within strata, weighted by {@code a b / (a + b)}, in this resample: 0 when no stratum has
     * both, NaN when the group has no images or no others. To be asked for once a resample, in the order of the groups.
     */
    double difference(int group) {
        int size = members[group].length;
        if (size == 0 || size == cells.length) {
            return Double.NaN;
        }
        drawOwn(group);
        takeOthers(group);
        double sum = 0;
        double weights = 0;
        for (int s = 0; s < strata; s++) {
            double a = ownCounts[s];
            double b = otherCounts[s];
            if (a > 0 && b > 0) {
                double weight = a * b / (a + b);
                sum += weight * (ownSums[s] / a - otherSums[s] / b);
                weights += weight;
            }
        }
        return weights > 0 ? sum / weights : 0;
    }

    private void drawOwn(int group) {
        Arrays.fill(ownCounts, 0);
        Arrays.fill(ownSums, 0);
        int[] images = members[group];
        for (int i = 0; i < images.length; i++) {
            int image = images[own.nextInt(images.length)];
            ownCounts[cells[image] % strata]++;
            ownSums[cells[image] % strata] += values[image];
        }
    }

    private void takeOthers(int group) {
        int taken = 0;
        for (int s = 0; s < strata; s++) {
            otherCounts[s] = totals[s] - counts[group * strata + s];
            otherSums[s] = totalSums[s] - sums[group * strata + s];
            taken += (int) otherCounts[s];
        }
        int wanted = cells.length - members[group].length;
        for (int i = cells.length - 1; taken > wanted; i--) {
            taken -= count(group, sequence[i], -1);
        }
        for (int i = cells.length; taken < wanted; i++) {
            taken += count(group, at(i), 1);
        }
    }

    /** Counts an image once more or less, unless it is of the group: 1 if it is counted. */
    private int count(int group, int image, int times) {
        if (cells[image] / strata == group) {
            return 0;
        }
        int stratum = cells[image] % strata;
        otherCounts[stratum] += times;
        otherSums[stratum] += times * values[image];
        return 1;
    }

    private int at(int place) {
        while (drawn <= place) {
            if (drawn == sequence.length) {
                sequence = Arrays.copyOf(sequence, 2 * sequence.length);
            }
            sequence[drawn++] = later.nextInt(cells.length);
        }
        return sequence[place];
    }
}
