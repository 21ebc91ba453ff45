package org.gazecheck.network;

import java.util.Map;
import java.util.Objects;

/** An output that a forward (and backward) pass is asked for. */
public sealed interface Tap {
    /** Logits [n, classes]. */
    record Logits() implements Tap {}

    /** Globally average-pooled activations of the last block, or of an external network's last layer, [n, d]. */
    record Features() implements Tap {}

    /**
     * Activations [n, c, h, w] of a stage or block.
     *
     * @param layer "layer4", "layer3.1"
     */
    record Activations(String layer) implements Tap {}

    /** Gradient [n, c, h, w] of the weighted logits with respect to the activations of a stage or block. */
    record Gradients(String layer) implements Tap {}

    /**
     * Grad-CAM maps [n, 2, h, w] before their ReLU (Selvaraju et al. 2017, equations 1 and 2) at a stage or block: of the
     * class with the highest logit (of equal ones the first), then of the target that the run is given. For engines that
     * give them; everywhere else they come of activations and gradients.
     *
     * @param layer "layer4", "layer3.1"
     */
    record ClassMaps(String layer) implements Tap {}

    /** What a session found there whose plan has this tap. */
    default Tensor of(Map<Tap, Tensor> found) {
        return Objects.requireNonNull(found.get(this), this::toString);
    }

    Tap LOGITS = new Logits();
    Tap FEATURES = new Features();
}
