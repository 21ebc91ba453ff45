package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KappaTest {
    /** Fleiss 1971, table 1: 30 patients, the diagnoses of six psychiatrists each, from 1 to 5. */
    private static final String DIAGNOSES =
            "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444"
                    + " 124444 222333 144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224"
                    + " 111155 224444 133333 555555";

    @Test
    void cohenAsInHisPaper() {
        int[][] cohen1960 = {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}};

        assertEquals(0.492, Kappa.cohen(cohen1960).getAsDouble(), 5e-4);
    }

    @Test
    void cohenAsSasHasIt() {
        int[][] table = {{0, 4, 1}, {0, 8, 0}, {0, 1, 5}};

        assertEquals(0.4842, Kappa.cohen(table).getAsDouble(), 5e-5);
    }

    @Test
    void fleissAsInHisPaperAndInTheRPackageIrr() {
        int[][] ratings = Arrays.stream(DIAGNOSES.split(" "))
                .map(patient -> IntStream.rangeClosed('1', '5')
                        .map(c -> (int) patient.chars().filter(d -> d == c).count())
                        .toArray())
                .toArray(int[][]::new);

        double kappa = Kappa.fleiss(ratings, ones(30)).getAsDouble();

        assertEquals(0.430, kappa, 5e-4);
        assertEquals(0.4302445, kappa, 5e-8);
    }

    @Test
    void aSubjectThatCountsTwiceIsAsTwoSubjects() {
        int[][] twice = {{2, 1}, {2, 1}, {0, 3}};
        int[][] once = {{2, 1}, {0, 3}, {1, 2}};

        assertEquals(
                Kappa.fleiss(twice, ones(3)).getAsDouble(),
                Kappa.fleiss(once, new int[] {2, 1, 0}).getAsDouble(),
                1e-15);
    }

    @Test
    void completeAgreementIsOneAndAgreementByChanceIsZero() {
        assertEquals(1, Kappa.cohen(new int[][] {{3, 0}, {0, 4}}).getAsDouble());
        assertEquals(0, Kappa.cohen(new int[][] {{6, 3}, {4, 2}}).getAsDouble());
        assertEquals(1, Kappa.fleiss(new int[][] {{3, 0}, {0, 3}}, ones(2)).getAsDouble());
    }

    @Test
    void whereEveryoneAlwaysSaysTheSameItIsUndefined() {
        assertTrue(Kappa.cohen(new int[][] {{0, 0}, {0, 7}}).isEmpty());
        assertTrue(Kappa.cohen(new int[2][2]).isEmpty());
        assertTrue(Kappa.fleiss(new int[][] {{3, 0}, {3, 0}}, ones(2)).isEmpty());
        assertTrue(Kappa.fleiss(new int[][] {{3, 0}, {0, 3}}, new int[2]).isEmpty());
    }

    private static int[] ones(int n) {
        int[] ones = new int[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
