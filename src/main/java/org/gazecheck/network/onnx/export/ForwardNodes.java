package org.gazecheck.network.onnx.export;

import java.util.List;
import java.util.Map;
import org.gazecheck.network.Architecture.Residual;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.Head;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.LinearHead;
import org.gazecheck.network.onnx.graph.GraphBuilder;

/** The forward pass of a built-in network as ONNX nodes. Blocks' outputs bear the blocks' names. */
final class ForwardNodes {
    static final String FEATURES = "features";
    static final String LOGITS = "logits";

    private final GraphBuilder graph;
    private final BuiltInNetwork network;

    ForwardNodes(GraphBuilder graph, BuiltInNetwork network) {
        this.graph = graph;
        this.network = network;
    }

    /** @return the max pooling's output */
    String stem(String image) {
        long p = network.architecture().layout().poolPadding();
        String relu = relu(convolution(network.architecture().stem(), image), graph.fresh("stem"));
        return graph.node(
                "MaxPool",
                graph.fresh("maxpool"),
                List.of(relu),
                Map.of("kernel_shape", square(3), "strides", square(2), "pads", new long[] {p, p, p, p}));
    }

    /** @return the block's output, which is called as the block is */
    String residual(Residual residual, String input) {
        String value = input;
        List<Convolution> path = residual.path();
        for (int i = 0; i < path.size(); i++) {
            value = convolution(path.get(i), value);
            if (i < path.size() - 1) {
                value = relu(value, path.get(i).name() + "#relu");
            }
        }
        String shortcut = residual.shortcut() == null ? input : convolution(residual.shortcut(), input);
        return relu(graph.node("Add", value, shortcut), residual.name());
    }

    /** Global average pooling, [n, d]. */
    String features(String activations) {
        String pooled = graph.node("GlobalAveragePool", activations);
        return graph.node("Flatten", FEATURES, List.of(pooled), Map.of());
    }

    /** [n, classes]. */
    String logits(String features) {
        Head head = network.head().orElseThrow();
        graph.weights("fc.weight", head.weight(), head.classes(), head.features());
        graph.weights("fc.bias", head.bias(), head.classes());
        String in = features;
        if (head instanceof HellingerHead hellinger) {
            graph.weights("fc.epsilon", new float[] {hellinger.epsilon()});
            String root = graph.node("Sqrt", "fc.root", List.of(graph.node("Add", features, "fc.epsilon")), Map.of());
            graph.node("ReduceL2", "fc.norm", List.of(root), Map.of("axes", new long[] {1}, "keepdims", 1L));
            in = graph.node("Div", "fc.unit", List.of(root, "fc.norm"), Map.of());
        } else if (!(head instanceof LinearHead)) {
            throw new IllegalStateException("unknown head " + head.getClass());
        }
        return graph.node("Gemm", LOGITS, List.of(in, "fc.weight", "fc.bias"), Map.of("transB", 1L));
    }

    private String convolution(Convolution c, String input) {
        FoldedConvolution folded = network.folded(c.name());
        graph.weights(c.name() + ".weight", folded.kernel(), c.out(), c.in(), c.kernel(), c.kernel());
        graph.weights(c.name() + ".bias", folded.bias(), c.out());
        long p = c.padding();
        return graph.node(
                "Conv",
                c.name(),
                List.of(input, c.name() + ".weight", c.name() + ".bias"),
                Map.of(
                        "kernel_shape", square(c.kernel()),
                        "strides", square(c.stride()),
                        "pads", new long[] {p, p, p, p}));
    }

    private String relu(String input, String output) {
        return graph.node("Relu", output, List.of(input), Map.of());
    }

    static long[] square(long side) {
        return new long[] {side, side};
    }
}
