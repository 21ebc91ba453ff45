package org.gazecheck.train;

import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** A frozen network for which all images of train are the same, so that nothing can be learned on it. */
public final class EqualFeaturesException extends GazecheckException {
    private static final long serialVersionUID = 1;

    EqualFeaturesException(int images) {
        super(
                FailureKind.INVALID_DATA,
                "the network gives the same features for all " + images
                        + " images and views of train, so that no class can be"
                        + " learned: give other weights (model.weights), or images that differ (data.dir)");
    }
}
