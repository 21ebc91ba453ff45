package org.gazecheck.network;

import java.util.Map;

/** A network loaded in an engine, from one input to fixed taps. Rows do not depend on what else is in the batch. */
public interface InferenceSession extends AutoCloseable {
    /**
     * Forward pass; for sessions without {@link Tap.Gradients}.
     *
     * @param input [n, c, h, w]: the normalised image, or the activations that the session starts from
     */
    Map<Tap, Tensor> run(Tensor input);

    /**
     * Forward and backward pass of {@code sum_c scoreWeights[i, c] * logits[i, c]}; one-hot rows give the gradient of
     * one class's logit.
     *
     * @param scoreWeights [n, classes]
     */
    Map<Tap, Tensor> run(Tensor input, Tensor scoreWeights);

    @Override
    void close();
}
