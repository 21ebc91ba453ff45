package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class BinomialTailTest {
    @Test
    void theLowerTailIsTheSumOfItsTerms() {
        for (int n : new int[] {1, 2, 7, 40}) {
            for (double p : new double[] {0, 0.125, 0.5, 0.75, 1}) {
                for (int k = 0; k <= n; k++) {
                    double exact = summed(k, n, p);
                    assertEquals(exact, BinomialTest.atMost(k, n, p), 1e-9 * exact + 1e-300, k + " of " + n);
                }
            }
        }
    }

    /** Exactly summed, with p a multiple of 1/8. */
    private static double summed(int k, int n, double p) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal choose = BigDecimal.ONE;
        for (int i = 0; i <= k; i++) {
            sum = sum.add(choose.multiply(new BigDecimal(p).pow(i)).multiply(new BigDecimal(1 - p).pow(n - i)));
            choose =
                    choose.multiply(BigDecimal.valueOf(n - i)).divide(BigDecimal.valueOf(i + 1), MathContext.UNLIMITED);
        }
        return sum.doubleValue();
    }

    /** 95 % interval of Clopper and Pearson for 7 of 20: 0.1539 to 0.5922 (R 4, binom.test(7, 20)). */
    @Test
    void itIsTheLevelAtTheBoundOfClopperAndPearson() {
        assertEquals(0.025, BinomialTest.atMost(7, 20, 0.5921885), 1e-6);
        assertEquals(0.025, BinomialTest.atMost(13, 20, 1 - 0.1539092), 1e-6);
    }

    @Test
    void whatCannotBeCountedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> BinomialTest.atMost(3, 2, 0.5));
        assertThrows(IllegalArgumentException.class, () -> BinomialTest.atMost(-1, 2, 0.5));
        assertThrows(IllegalArgumentException.class, () -> BinomialTest.atMost(1, 2, Double.NaN));
        assertTrue(BinomialTest.atMost(0, 0, 0.5) == 1);
    }
}
