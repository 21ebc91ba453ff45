package org.gazecheck.pipeline;

import org.gazecheck.explain.CamMethod;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.network.Tensor;

/** Maps of external networks, and why there are none. */
final class ExternalMaps {
    private ExternalMaps() {}

    /**
     * @param weights [n, classes] of the logits
     * @return [n, h, w]
     * @throws GazecheckException if the method runs the network on from a layer from which it cannot be run on
     */
    static Tensor of(LayerTap tap, CamMethod method, LayerTap.Forward forward, Tensor weights)
            throws GazecheckException {
        if (method.need() != CamMethod.Need.SCORES_OF_ACTIVATIONS) {
            return tap.maps(method, forward, weights);
        }
        try {
            return tap.maps(method, forward, weights);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    "--method " + method.text()
                            + " runs the network on from the layer, which cannot be done from this one ("
                            + e.getMessage()
                            + "): choose a layer that everything passes through, or another method",
                    e);
        }
    }
}
