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

    /**
     * Forward pass whose values are kept, so that gradients can be asked for when its scores are known; for sessions with {@link
     * Tap.Gradients} of networks whose {@link Network#gradientsFrom} is the image.
     */
    default Pass pass(Tensor input) {
        throw new IllegalStateException("nothing is kept here: call run(input, scoreWeights)");
    }

    /** A forward pass that gradients can be asked of. */
    interface Pass extends AutoCloseable {
        /** At every tap but those of gradients. */
        Map<Tap, Tensor> found();

        /**
         * At the taps of gradients.
         *
         * @param scoreWeights [n, classes]
         */
        Map<Tap, Tensor> gradients(Tensor scoreWeights);

        @Override
        void close();
    }

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
