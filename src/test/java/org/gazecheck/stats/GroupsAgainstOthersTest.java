package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Held against {@link StratifiedGroups}, and against a bootstrap of one group at a time. */
class GroupsAgainstOthersTest {
    private static final int IMAGES = 300;
    private static final int GROUPS = 6;
    private static final int STRATA = 3;
    private static final int SEEDS = 20;

    private final int[] group = new int[IMAGES];
    private final int[] stratum = new int[IMAGES];
    private final double[] values = new double[IMAGES];

    GroupsAgainstOthersTest() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < IMAGES; i++) {
            group[i] = random.nextInt(2) == 0 ? 0 : random.nextInt(GROUPS);
            stratum[i] = Math.min(STRATA - 1, random.nextInt(STRATA + group[i] % 2));
            values[i] = stratum[i] + random.nextDouble() * (1 + group[i]) - (group[i] == 3 ? 0.4 : 0);
        }
    }

    @Test
    void pointEstimatesSpreadsAndPAreThoseOfOneGroupAtATime() {
        GroupsAgainstOthers all = new GroupsAgainstOthers(group, stratum, values);
        assertEquals(GROUPS, all.groups());
        for (int g = 0; g < GROUPS; g++) {
            StratifiedGroups one = one(g);
            int[] compared = one.comparable(values);
            int label = g;
            int own =
                    (int) Arrays.stream(compared).filter(i -> group[i] == label).count();
            assertEquals(own, all.compared(g));
            assertEquals(compared.length - own, all.others(g));
            assertEquals(one.difference(values), all.difference(g));
            assertEquals(one.spread(one.centred(values)) / one.weight(values), all.spread(g));
            assertEquals(
                    one.permutationP(values, -1, 500, new SplittableRandom(g)),
                    all.permutationP(g, -1, 500, new SplittableRandom(g)));
        }
    }

    /** Over 20 seeds the mean of an interval's end has a standard error that the seeds themselves show. */
    @Test
    void intervalsAreThoseOfABootstrapOfOneGroupAtATime_upToMonteCarloError() {
        GroupsAgainstOthers all = new GroupsAgainstOthers(group, stratum, values);
        double[][][] ends = new double[2 * GROUPS][2][SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            Bootstrap bootstrap = new Bootstrap(1000, new Randomness(seed), new RandomStream("all"));
            Interval[] together = all.differenceIntervals(bootstrap);
            for (int g = 0; g < GROUPS; g++) {
                Interval alone = alone(g, new Bootstrap(1000, new Randomness(seed), new RandomStream("group " + g)));
                ends[2 * g][0][seed] = together[g].low();
                ends[2 * g][1][seed] = alone.low();
                ends[2 * g + 1][0][seed] = together[g].high();
                ends[2 * g + 1][1][seed] = alone.high();
            }
        }
        for (int end = 0; end < ends.length; end++) {
            double error = Math.sqrt((variance(ends[end][0]) + variance(ends[end][1])) / SEEDS);
            assertEquals(mean(ends[end][1]), mean(ends[end][0]), 3.5 * error, "end " + end);
            double ratio = variance(ends[end][0]) / variance(ends[end][1]);
            assertTrue(ratio > 0.2 && ratio < 5, "variances of end " + end + ": " + ratio);
        }
    }

    @Test
    void intervalsCoverTheTrueDifference() {
        int covered = 0;
        for (int run = 0; run < 200; run++) {
            SplittableRandom random = new SplittableRandom(2000 + run);
            int[] strata = IntStream.range(0, 200).map(i -> i % 5).toArray();
            int[] member = new int[200];
            double[] drawn = new double[200];
            for (int i = 0; i < 200; i++) {
                member[i] = random.nextDouble() < 0.1 + 0.1 * strata[i] ? 1 : 0;
                drawn[i] = 3 * strata[i] + random.nextDouble() + 0.2 * member[i];
            }
            Interval interval = new GroupsAgainstOthers(member, strata, drawn)
                    .differenceIntervals(new Bootstrap(300, new Randomness(run), new RandomStream("difference")))[1];
            covered += interval.low() <= 0.2 && 0.2 <= interval.high() ? 1 : 0;
        }
        assertTrue(covered >= 178, covered + " of 200 at 95 %");
    }

    @Test
    void aGroupWithoutOthersHasNoInterval() {
        Interval[] intervals = new GroupsAgainstOthers(new int[4], new int[4], new double[] {1, 2, 3, 4})
                .differenceIntervals(new Bootstrap(10, new Randomness(1), new RandomStream("none")));
        assertTrue(Double.isNaN(intervals[0].low()) && Double.isNaN(intervals[0].high()));
    }

    private StratifiedGroups one(int of) {
        boolean[] member = new boolean[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            member[i] = group[i] == of;
        }
        return new StratifiedGroups(member, stratum);
    }

    /** Resamples members and others of one group, each by themselves. */
    private Interval alone(int of, Bootstrap bootstrap) {
        int[] member = IntStream.of(group).map(g -> g == of ? 0 : 1).toArray();
        Bootstrap.Figures figures = (counts, out) -> {
            double[][] n = new double[STRATA][2];
            double[][] sums = new double[STRATA][2];
            for (int i = 0; i < IMAGES; i++) {
                n[stratum[i]][member[i]] += counts[i];
                sums[stratum[i]][member[i]] += counts[i] * values[i];
            }
            double sum = 0;
            double weights = 0;
            for (int s = 0; s < STRATA; s++) {
                if (n[s][0] > 0 && n[s][1] > 0) {
                    double weight = n[s][0] * n[s][1] / (n[s][0] + n[s][1]);
                    sum += weight * (sums[s][0] / n[s][0] - sums[s][1] / n[s][1]);
                    weights += weight;
                }
            }
            out[0] = weights > 0 ? sum / weights : 0;
        };
        return bootstrap.intervals(member, 1, figures).intervals()[0];
    }

    private static double mean(double[] sample) {
        return Arrays.stream(sample).average().orElseThrow();
    }

    private static double variance(double[] sample) {
        double mean = mean(sample);
        return Arrays.stream(sample).map(x -> (x - mean) * (x - mean)).sum() / (sample.length - 1);
    }
}
