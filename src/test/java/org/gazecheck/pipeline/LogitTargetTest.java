package org.gazecheck.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.network.Tensor;
import org.junit.jupiter.api.Test;

class LogitTargetTest {
    private static final Tensor ONE = Tensor.of(new float[] {0.5f, -2}, 2, 1);
    private static final Tensor THREE = Tensor.of(new float[] {1, 3, 2, 5, 4, 0}, 2, 3);

    @Test
    void ofOneLogitThePredictedScoreIsTheLogitTimesItsSign() throws GazecheckException {
        assertArrayEquals(new float[] {1, -1}, weights("predicted", null, ONE));
    }

    @Test
    void ofOneLogitTheSecondClassIsThePositiveOne() throws GazecheckException {
        assertArrayEquals(new float[] {1, 1}, weights("1", null, ONE));
        assertArrayEquals(new float[] {-1, -1}, weights("0", null, ONE));
    }

    @Test
    void ofSeveralLogitsTheLargestIsPredicted() throws GazecheckException {
        assertArrayEquals(new float[] {0, 1, 0, 1, 0, 0}, weights("predicted", null, THREE));
    }

    @Test
    void contrastTakesTheTrueClassOff() throws GazecheckException {
        assertArrayEquals(new float[] {-1, 1, 0, 0, 0, 0}, weights("contrast", "0", THREE));
    }

    @Test
    void whatIsNoClassIsRefused() {
        assertThrows(GazecheckException.class, () -> weights("3", null, THREE));
        assertThrows(GazecheckException.class, () -> weights("rose", null, THREE));
        assertThrows(GazecheckException.class, () -> weights("true", null, THREE));
    }

    private static float[] weights(String target, String label, Tensor logits) throws GazecheckException {
        return LogitTarget.of(target, Optional.ofNullable(label), logits.shape()[1])
                .weights(logits)
                .data();
    }
}
