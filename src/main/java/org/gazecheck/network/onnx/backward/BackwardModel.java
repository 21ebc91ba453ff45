package org.gazecheck.network.onnx.backward;

import java.util.Map;

/**
 * A model that takes "score weights" [n, classes] and values of the forward pass, and gives "gradient", that of the weighted
 * logits with respect to one value, in its shape, in single precision.
 *
 * @param inputs what each value of the forward pass that it takes is called in it
 */
public record BackwardModel(byte[] model, Map<String, String> inputs) {
    public static final String SCORE_WEIGHTS = Nodes.SCORE_WEIGHTS;
    public static final String GRADIENT = Differentiation.GRADIENT;

    /**
     * @param layer a value of the graph
     * @throws IllegalArgumentException if {@link Refusals} has a reason against it
     */
    public static BackwardModel of(ForwardGraph forward, String layer) {
        try {
            return Differentiation.to(layer, forward);
        } catch (NoDerivativeException e) {
            throw new IllegalArgumentException(
                    "no gradients at " + layer + ": an operator behind it " + e.getMessage(), e);
        }
    }
}
