package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.gazecheck.stats.Purpose.Subject;
import org.junit.jupiter.api.Test;

class PurposeTest {
    /** What runs drew before names were changed: to change a number here is to change what everybody's runs draw. */
    @Test
    void whatIsDrawnOutlivesEveryRename() {
        Randomness randomness = new Randomness(1);
        assertEquals(
                -4024714681835830276L,
                randomness.of(Purpose.BATCH_ORDER.stream(), 3).nextLong());
        assertEquals(
                1037934898976533430L,
                randomness
                        .of(Purpose.ERRORS_BY_MEASURE.about(Subject.OBJECT_HUE), 0)
                        .nextLong());
        assertEquals(
                -1406679090405671175L,
                randomness
                        .of(Purpose.FAITHFULNESS.of(Purpose.COMPARED_PAIRS.about("3")), 0)
                        .nextLong());
        assertEquals(
                -8869321850307094811L,
                randomness
                        .of(Purpose.COMPARED_PAIRS.about(Subject.COMPARED_BORDER_MASS.in("test")), 7)
                        .nextLong());
    }

    @Test
    void noTwoPurposesShareAStream() {
        assertEquals(
                Purpose.values().length,
                Arrays.stream(Purpose.values()).map(Purpose::stream).distinct().count());
    }
}
