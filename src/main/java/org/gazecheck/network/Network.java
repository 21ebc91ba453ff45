package org.gazecheck.network;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A classifier that an engine can run. Every one gives logits, and activations at the layers that it names; gradients
 * where {@link #whyNoGradients} names none.
 */
public sealed interface Network permits BuiltInNetwork, ExternalNetwork {
    /** Changes whenever what it computes does; lower-case hexadecimal SHA-256. */
    String hash();

    /** The engine that runs it where {@code chosen} runs built-in networks. */
    Engine engine(Engine chosen);

    /** How many logits it gives. */
    int classes();

    /** Length of {@link Tap.Features}: the channels of the last layer. */
    int features();

    /** The last layer with spatial extent before pooling and flattening: the one whose maps explain by default. */
    String lastLayer();

    /**
     * The last layer before {@link #lastLayer} of at least twice its resolution; that one itself where there is none.
     *
     * @param size of the image, in pixels
     */
    String finerLayer(int size);

    /** Side of the square images that it takes, in pixels; empty: any. */
    OptionalInt side();

    /**
     * Sizes [c, h, w] of a layer's activations for square images.
     *
     * @param size of the image, in pixels
     * @throws IllegalArgumentException if there is no such layer, or images of that size are not taken
     */
    int[] outputShape(String layer, int size);

    /** Why there are no gradients at a layer, as a clause ("..., whose derivative is not implemented"); empty: there are. */
    Optional<String> whyNoGradients(String layer);

    /** What a plan with gradients at a layer starts from: the layer itself, or {@link InferencePlan#IMAGE}. */
    String gradientsFrom(String layer);
}
