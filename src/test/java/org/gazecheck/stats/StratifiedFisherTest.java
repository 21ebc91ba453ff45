package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.gazecheck.stats.StratifiedFisher.Stratum;
import org.junit.jupiter.api.Test;

class StratifiedFisherTest {
    /** scipy 1.17.1: fisher_exact([[8, 2], [1, 5]], "greater"). */
    @Test
    void ofOneStratumItIsFishersExactTest() {
        assertEquals(0.024475524475524476, StratifiedFisher.greaterP(List.of(new Stratum(8, 10, 9, 16))), 1e-12);
    }

    /** Penicillin in rabbits, the example of R's mantelhaen.test with exact = TRUE and alternative = "greater". */
    @Test
    void ofSeveralStrataItIsTheExactConditionalTest() {
        List<Stratum> rabbits = List.of(
                new Stratum(0, 6, 0, 11),
                new Stratum(3, 6, 3, 12),
                new Stratum(6, 6, 8, 12),
                new Stratum(5, 6, 11, 12),
                new Stratum(2, 2, 7, 7));
        assertEquals(0.01997245179063361, StratifiedFisher.greaterP(rabbits), 1e-12);
    }

    @Test
    void strataThatCannotTellChangeNothing() {
        List<Stratum> one = List.of(new Stratum(8, 10, 9, 16));
        List<Stratum> more = List.of(
                new Stratum(0, 0, 4, 9), new Stratum(8, 10, 9, 16), new Stratum(5, 5, 5, 5), new Stratum(0, 3, 0, 8));
        assertEquals(StratifiedFisher.greaterP(one), StratifiedFisher.greaterP(more), 1e-12);
        assertEquals(1, StratifiedFisher.greaterP(List.of()));
    }

    @Test
    void tablesThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Stratum(3, 2, 5, 9));
        assertThrows(IllegalArgumentException.class, () -> new Stratum(0, 6, 6, 9));
    }
}
