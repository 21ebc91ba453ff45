package org.gazecheck.network;

import java.util.Map;

/** A network loaded in an engine, from one input to fixed taps. Rows do not depend on what else is in the batch. */
public interface InferenceSession extends AutoCloseable {
    /**
     * Forward pass; for sessions without {@link Tap.Gradients} and {@link Tap.ClassMaps}.
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

    /** As {@link #run(Tensor)}, of images. */
    default Map<Tap, Tensor> run(Frames frames) {
        return run(frames.tensor());
    }

    /**
     * Forward pass with maps; for sessions with {@link Tap.ClassMaps}.
     *
     * @param targets [n] the class that each second map explains
     */
    default Map<Tap, Tensor> run(Tensor input, int[] targets) {
        throw new IllegalStateException("no class maps in the plan: call run(input)");
    }

    /** As {@link #run(Tensor, int[])}, of images. */
    default Map<Tap, Tensor> run(Frames frames, int[] targets) {
        return run(frames.tensor(), targets);
    }

    @Override
    void close();
}
