package org.gazecheck.network;

import java.util.Optional;
import java.util.OptionalInt;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * An external Deeplearning4j graph, run in Deeplearning4j as it is, but for a softmax at its end.
 *
 * @param graph from image to logits; no other thread may use it
 * @param logits name of the vertex that gives them
 * @param input how it takes images
 * @param layers that maps can be of
 */
public record GraphNetwork(
        ComputationGraph graph, String logits, ImageInput input, SpatialLayers layers, int classes, String hash)
        implements Network {
    @Override
    public int features() {
        return layers.find(layers.last()).shape().get(0);
    }

    @Override
    public String lastLayer() {
        return layers.last();
    }

    @Override
    public OptionalInt side() {
        return OptionalInt.of(layers.side());
    }

    @Override
    public int[] outputShape(String layer, int size) {
        return layers.shape(layer, size);
    }

    @Override
    public Optional<String> whyNoGradients(String layer) {
        return layers.find(layer).whyNoGradients();
    }
}
