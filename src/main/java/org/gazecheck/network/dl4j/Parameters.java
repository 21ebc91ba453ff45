package org.gazecheck.network.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.Head;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.LinearHead;
import org.gazecheck.network.Section;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies weights between a {@link BuiltInNetwork} and a graph's flat parameter vector. DL4J keeps kernels as
 * [out, in, k, k] in C order and a dense layer's weights as [d, classes] in Fortran order, which is [classes, d] in C
 * order: both lie in the vector as they are described.
 */
final class Parameters {
    private Parameters() {}

    /** Makes the graph's parameters and fills them. */
    static void initialise(ComputationGraph graph, BuiltInNetwork network, Section section) {
        graph.init(Nd4j.create(DataType.FLOAT, 1, count(network, section)), false);
        float[] flat = new float[Math.toIntExact(graph.numParams())];
        for (ParameterGroup group : groups(graph, network, section)) {
            float[] values = described(network, group);
            System.arraycopy(values, 0, flat, (int) group.offset(), values.length);
        }
        graph.params().assign(Nd4j.createFromArray(flat).reshape(1, flat.length));
    }

    static long count(BuiltInNetwork network, Section section) {
        long count = 0;
        for (Convolution convolution : section.convolutions(network.architecture())) {
            FoldedConvolution folded = network.folded(convolution.name());
            count += folded.kernel().length + folded.bias().length;
        }
        if (section.head()) {
            Head head = head(network);
            count += head.weight().length + head.bias().length;
        }
        return count;
    }

    private static float[] described(BuiltInNetwork network, ParameterGroup group) {
        return switch (group.kind()) {
            case KERNEL -> network.folded(group.name()).kernel();
            case BIAS -> network.folded(group.name()).bias();
            case HEAD_WEIGHT -> head(network).weight();
            case HEAD_BIAS -> head(network).bias();
        };
    }

    /** Where each part lies in the flat parameter vector. */
    static List<ParameterGroup> groups(ComputationGraph graph, BuiltInNetwork network, Section section) {
        List<ParameterGroup> groups = new ArrayList<>();
        for (Convolution convolution : section.convolutions(network.architecture())) {
            float[] scale = network.folded(convolution.name()).scale();
            String name = convolution.name();
            Layer layer = graph.getLayer(name);
            groups.add(group(layer, "W", name, ParameterGroup.Kind.KERNEL, convolution.out(), scale));
            groups.add(group(layer, "b", name, ParameterGroup.Kind.BIAS, convolution.out(), scale));
        }
        if (section.head()) {
            int classes = head(network).classes();
            String name = GraphConfiguration.LOGITS;
            Layer layer = graph.getLayer(name);
            groups.add(group(layer, "W", name, ParameterGroup.Kind.HEAD_WEIGHT, classes, null));
            groups.add(group(layer, "b", name, ParameterGroup.Kind.HEAD_BIAS, classes, null));
        }
        return List.copyOf(groups);
    }

    private static ParameterGroup group(
            Layer layer, String parameter, String name, ParameterGroup.Kind kind, int rows, float @Nullable [] scale) {
        INDArray view = layer.getParam(parameter);
        return new ParameterGroup(name, kind, view.offset(), Math.toIntExact(view.length()), rows, scale);
    }

    /** The network with the graph's parameters in place of its own. */
    static BuiltInNetwork read(ComputationGraph graph, BuiltInNetwork network, List<ParameterGroup> groups) {
        float[] flat = graph.params().dup().data().asFloat();
        Map<String, float[]> kernels = new HashMap<>();
        Map<String, float[]> biases = new HashMap<>();
        for (ParameterGroup group : groups) {
            int offset = (int) group.offset();
            float[] values = Arrays.copyOfRange(flat, offset, offset + group.length());
            boolean weight =
                    group.kind() == ParameterGroup.Kind.KERNEL || group.kind() == ParameterGroup.Kind.HEAD_WEIGHT;
            (weight ? kernels : biases).put(group.name(), values);
        }
        Map<String, FoldedConvolution> convolutions = new HashMap<>(network.convolutions());
        convolutions.replaceAll((name, folded) -> {
            float[] kernel = kernels.get(name);
            float[] bias = biases.get(name);
            return kernel == null || bias == null ? folded : new FoldedConvolution(kernel, bias, folded.scale());
        });
        float[] weight = kernels.get(GraphConfiguration.LOGITS);
        float[] bias = biases.get(GraphConfiguration.LOGITS);
        return BuiltInNetwork.of(
                network.architecture(),
                convolutions,
                network.head().map(head -> weight == null || bias == null ? head : with(head, weight, bias)),
                network.normalisation());
    }

    private static Head with(Head head, float[] weight, float[] bias) {
        if (head instanceof HellingerHead hellinger) {
            return new HellingerHead(weight, bias, hellinger.epsilon());
        }
        return new LinearHead(weight, bias);
    }

    static Head head(BuiltInNetwork network) {
        return network.head()
                .orElseThrow(() -> new IllegalArgumentException(
                        network.architecture().name() + " has no head: give it one with withHead first"));
    }
}
