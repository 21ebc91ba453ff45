package org.gazecheck.explain;

import org.gazecheck.network.Tensor;

/** The logits of a network for a batch: of normalised images [m, 3, h, w], or of activations at a layer [m, c, h, w]. */
@FunctionalInterface
public interface Scorer {
    /** Logits [m, classes]. */
    Tensor logits(Tensor batch);
}
