package org.gazecheck.network;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An external classifier, run as it is in the engine that it was made for.
 *
 * @param sessions opens it there
 * @param input how it takes images
 * @param layers that maps can be of
 * @param classes how many logits it gives
 * @param scores what they are of
 * @param output that holds them; empty where there is one only
 * @param assumed what could be meant otherwise
 * @param warnings what is odd about it, one sentence each
 */
public record ExternalNetwork(
        Engine engine,
        Sessions sessions,
        ImageInput input,
        SpatialLayers layers,
        int classes,
        Scores scores,
        Optional<String> output,
        String hash,
        List<Assumed> assumed,
        List<String> warnings)
        implements Network {
    public ExternalNetwork {
        assumed = List.copyOf(assumed);
        warnings = List.copyOf(warnings);
    }

    /** Opens an external network. */
    @FunctionalInterface
    public interface Sessions {
        /**
         * @param threads 0: as many as there are cores
         * @throws IllegalArgumentException if the plan names a layer that the network lacks, or asks for gradients that
         *     cannot be had
         */
        InferenceSession open(ExternalNetwork network, InferencePlan plan, int threads);
    }

    @Override
    public Engine engine(Engine chosen) {
        return engine;
    }

    @Override
    public int features() {
        return layers.known(layers.last()).shape().get(0);
    }

    @Override
    public String lastLayer() {
        return layers.last();
    }

    @Override
    public String finerLayer(int size) {
        return layers.finer();
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
    public String gradientsFrom(String layer) {
        return engine == Engine.ONNX ? InferencePlan.IMAGE : layer;
    }

    @Override
    public Optional<String> whyNoGradients(String layer) {
        return layers.known(layer).whyNoGradients();
    }
}
