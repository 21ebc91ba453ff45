package org.gazecheck.train;

import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** Training that ran away; the message says where, and what may help. */
public final class DivergedException extends GazecheckException {
    private static final long serialVersionUID = 1;

    DivergedException(int epoch, int step, double loss, double first, double learningRate) {
        super(
                FailureKind.OTHER,
                "training diverged in epoch " + epoch + ", step " + step + ": the loss is " + loss
                        + ", at the start it was "
                        + first + ". Lower train.finetune.learningRate (now " + learningRate
                        + ") and headLearningRate, or raise train.finetune.warmup");
    }
}
