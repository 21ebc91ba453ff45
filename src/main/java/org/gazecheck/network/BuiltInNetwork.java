package org.gazecheck.network;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.gazecheck.image.Normalisation;

/**
 * A ResNet with its weights, batch norm folded: what is rendered as a DL4J graph and as an ONNX model. Names of
 * activations: {@code layer1.0} is the output (after ReLU) of a block, {@code layer1} that of a stage's last block.
 *
 * @param convolutions by {@link Convolution#name()}, one for each of the architecture's
 * @param head absent for a bare backbone
 * @param normalisation what the weights expect of their input
 * @param hash changes whenever a weight does; lower-case hexadecimal SHA-256
 */
public record BuiltInNetwork(
        Architecture architecture,
        Map<String, FoldedConvolution> convolutions,
        Optional<Head> head,
        Normalisation normalisation,
        String hash)
        implements Network {
    public BuiltInNetwork {
        convolutions = Map.copyOf(convolutions);
    }

    /** Computes the hash, over the architecture, the normalisation and every weight. */
    public static BuiltInNetwork of(
            Architecture architecture,
            Map<String, FoldedConvolution> convolutions,
            Optional<Head> head,
            Normalisation normalisation) {
        return new BuiltInNetwork(
                architecture,
                convolutions,
                head,
                normalisation,
                WeightsHash.of(architecture, convolutions, head, normalisation));
    }

    /** @param convolution the name of one of the architecture's */
    public FoldedConvolution folded(String convolution) {
        return Objects.requireNonNull(convolutions.get(convolution), convolution);
    }

    @Override
    public Engine engine(Engine chosen) {
        return chosen;
    }

    /** @throws java.util.NoSuchElementException for a bare backbone */
    @Override
    public int classes() {
        return head.orElseThrow().classes();
    }

    @Override
    public int features() {
        return architecture.features();
    }

    @Override
    public String lastLayer() {
        List<String> stages = architecture.stageNames();
        return stages.get(stages.size() - 1);
    }

    @Override
    public String finerLayer(int size) {
        List<String> stages = architecture.stageNames();
        return stages.get(Math.max(0, stages.size() - 2));
    }

    @Override
    public OptionalInt side() {
        return OptionalInt.empty();
    }

    @Override
    public int[] outputShape(String layer, int size) {
        return architecture.outputShape(layer, size);
    }

    @Override
    public String gradientsFrom(String layer) {
        return layer;
    }

    @Override
    public Optional<String> whyNoGradients(String layer) {
        return Optional.empty();
    }

    public BuiltInNetwork withHead(Head other) {
        return of(architecture, convolutions, Optional.of(other), normalisation);
    }
}
