package org.gazecheck.network;

import java.util.Optional;
import java.util.OptionalInt;
import org.gazecheck.network.onnx.ExternalGraph;

/**
 * An external ONNX classifier, run in ONNX Runtime as it is.
 *
 * @param graph from image to logits
 * @param input how it takes images
 * @param layers that maps can be of
 */
public record OnnxNetwork(ExternalGraph graph, ImageInput input, SpatialLayers layers, int classes, String hash)
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
