package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class CrossedMeanTest {
    /** Computed outside, by inclusion and exclusion over all sets of factors written out in numpy, and scipy's t. */
    @Test
    void equalsAnImplementationFromOutside() {
        double[] values = {1, 0, 1, 0, 0, 1, -1, 0, 1, 0, 1, 1};
        List<int[]> factors =
                List.of(IntStream.range(0, 12).toArray(), new int[] {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3}, new int[] {
                    0, 1, 2, 3, 4, 4, 3, 2, 1, 0, 0, 1
                });
        CrossedMean mean = CrossedMean.of(values, factors);
        assertEquals(0.4166666666666667, mean.mean(), 1e-12);
        assertEquals(0.037247474747474744, mean.variance(), 1e-12);
        assertEquals(2.613906057378662, mean.degrees(), 1e-9);
        assertEquals(0.0664492647756078, mean.greaterP(), 1e-9);
    }

    @Test
    void ofRowsThatShareNothingItIsStudentsTest() {
        double[] values = {0.3, -0.1, 0.5, 0.2, 0.9, -0.4};
        CrossedMean mean = CrossedMean.of(values, List.of(IntStream.range(0, 6).toArray()));
        Interval student = StudentT.interval(values);
        assertEquals(student.low(), mean.interval().low(), 1e-9);
        assertEquals(student.high(), mean.interval().high(), 1e-9);
        assertEquals(5, mean.degrees(), 1e-9);
    }

    @Test
    void whereNothingVariesTheSignDecides() {
        List<int[]> alone = List.of(new int[] {0, 1, 2});
        assertEquals(0, CrossedMean.of(new double[] {1, 1, 1}, alone).greaterP());
        assertEquals(1, CrossedMean.of(new double[] {0, 0, 0}, alone).greaterP());
    }

    /**
     * Objects that share few donors, some of which attract more than others, where donors and controls are alike on the whole: the
     * level holds, while sign flips over objects alone exceed it.
     */
    @Test
    void oddDonorsDoNotRaiseTheLevel() {
        double level = 0.05;
        int sets = 1000;
        int alarms = 0;
        int ofFlips = 0;
        SplittableRandom random = new SplittableRandom(3);
        for (int set = 0; set < sets; set++) {
            Simulated simulated = new Simulated(200, 8, 20, 0.15, 0.15, 0.9, random);
            alarms += simulated.crossed() <= level ? 1 : 0;
            ofFlips += simulated.flips() <= level ? 1 : 0;
        }
        assertTrue(
                1 - new BinomialDistribution(sets, level).cumulativeProbability(alarms - 1) > 0.001,
                alarms + " alarms");
        assertTrue(
                new BinomialDistribution(sets, level).cumulativeProbability(ofFlips) > 0.999,
                ofFlips + " by flips alone");
    }

    /** What the condition costs: 17 points (20 of which pasting keeps 85 %) of 200 objects are found nearly always. */
    @Test
    void realEffectsAreFound() {
        int sets = 400;
        int found = 0;
        SplittableRandom random = new SplittableRandom(4);
        for (int set = 0; set < sets; set++) {
            Simulated simulated = new Simulated(200, 15, 40, 0.02, 0.19, 0.1, random);
            found += Math.max(simulated.crossed(), simulated.flips()) <= 0.001 ? 1 : 0;
        }
        assertTrue(found >= 0.85 * sets, found + " of " + sets);
    }

    /** Objects with and without a property; a quarter of the donors, and of the controls, attract more than the others. */
    private record Simulated(double[] differences, int[] objects, int[] donors, int[] controls) {
        Simulated(
                int n,
                int ofDonors,
                int ofControls,
                double control,
                double treated,
                double odd,
                SplittableRandom random) {
            this(new double[n], new int[n], new int[n], new int[n]);
            double[] donor = rates(ofDonors, treated, odd, random);
            double[] other = rates(ofControls, control, odd, random);
            for (int i = 0; i < n; i++) {
                objects[i] = i;
                donors[i] = i % ofDonors;
                controls[i] = (i * 7 + i / ofControls) % ofControls;
                differences[i] = (random.nextDouble() < donor[donors[i]] ? 1 : 0)
                        - (random.nextDouble() < other[controls[i]] ? 1 : 0);
            }
        }

        private static double[] rates(int n, double rate, double odd, SplittableRandom random) {
            double[] rates = new double[n];
            for (int i = 0; i < n; i++) {
                rates[i] = Math.min(1, rate * (random.nextInt(4) == 0 ? 1 + 3 * odd : 1 - odd));
            }
            return rates;
        }

        double crossed() {
            return CrossedMean.of(differences, List.of(objects, donors, controls))
                    .greaterP();
        }

        double flips() {
            int[] signs = new int[differences.length];
            for (int i = 0; i < signs.length; i++) {
                signs[i] = (int) differences[i];
            }
            return SignFlips.greaterP(signs);
        }
    }
}
