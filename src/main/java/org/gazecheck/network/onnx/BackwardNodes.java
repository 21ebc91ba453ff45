package org.gazecheck.network.onnx;

import java.util.List;
import java.util.Map;
import org.gazecheck.network.Architecture.Residual;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.DescribedNetwork;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.HellingerHead;

/**
 * The backward pass from weighted logits to inner activations, as ordinary ONNX nodes: of a stride-1 convolution a
 * convolution with transposed, flipped kernels; of a stride-2 one a transposed convolution, cut to the input's size; of a
 * ReLU a choice by the sign of its output.
 */
final class BackwardNodes {
    private final GraphBuilder graph;
    private final ForwardNodes forward;
    private final DescribedNetwork network;
    private final String zero;

    BackwardNodes(GraphBuilder graph, ForwardNodes forward, DescribedNetwork network) {
        this.graph = graph;
        this.forward = forward;
        this.network = network;
        this.zero = graph.weights("zero", new float[1]);
    }

    /**
     * @param scoreWeights [n, classes]
     * @param activations of the last block, [n, d, h, w]
     * @return gradient with respect to them
     */
    String atLastBlock(String scoreWeights, String activations) {
        String features = graph.node("MatMul", scoreWeights, "fc.weight");
        if (network.head().orElseThrow() instanceof HellingerHead) {
            features = throughHellinger(features);
        }
        String shape = graph.node("Shape", activations);
        String sides = graph.node("Slice", shape, graph.integers("two", 2), graph.integers("four", 4));
        String area =
                graph.node("ReduceProd", graph.node("Cast", graph.fresh("sides"), List.of(sides), Map.of("to", 1L)));
        String mean = graph.node("Div", features, area);
        String column = graph.node("Unsqueeze", mean, graph.integers("spatial", 2, 3));
        return graph.node("Expand", column, shape);
    }

    /** {@code df = (du - u (u . du)) / (2 |s| s)}, 0 where {@code f = 0}: {@link HellingerHead#featureGradient}. */
    private String throughHellinger(String unitGradient) {
        String product = graph.node("Mul", unitGradient, "fc.unit");
        String projection = graph.node(
                "ReduceSum",
                graph.fresh("projection"),
                List.of(product, graph.integers("channels", 1)),
                Map.of("keepdims", 1L));
        String across = graph.node("Sub", unitGradient, graph.node("Mul", "fc.unit", projection));
        String twice = graph.node("Mul", "fc.root", graph.weights("twice", new float[] {2}));
        String divided = graph.node("Div", across, graph.node("Mul", twice, "fc.norm"));
        return whereActive(ForwardNodes.FEATURES, divided);
    }

    /**
     * @param gradient with respect to the block's output
     * @return gradient with respect to its input
     */
    String residual(Residual residual, String gradient) {
        String sum = whereActive(residual.name(), gradient);
        List<Convolution> path = residual.path();
        String value = sum;
        for (int i = path.size() - 1; i >= 0; i--) {
            value = convolution(path.get(i), value);
            if (i > 0) {
                value = whereActive(forward.inputOf(path.get(i)), value);
            }
        }
        return graph.node("Add", value, residual.shortcut() == null ? sum : convolution(residual.shortcut(), sum));
    }

    private String whereActive(String output, String gradient) {
        return graph.node("Where", graph.node("Greater", output, zero), gradient, zero);
    }

    private String convolution(Convolution c, String gradient) {
        FoldedConvolution folded = network.convolutions().get(c.name());
        if (c.stride() == 1) {
            String flipped = graph.weights(
                    c.name() + ".flipped", flipped(c, folded.kernel()), c.in(), c.out(), c.kernel(), c.kernel());
            long p = c.kernel() - 1 - c.padding();
            return graph.node(
                    "Conv",
                    graph.fresh("back"),
                    List.of(gradient, flipped),
                    Map.of("kernel_shape", ForwardNodes.square(c.kernel()), "pads", new long[] {p, p, p, p}));
        }
        long p = c.padding();
        String spread = graph.node(
                "ConvTranspose",
                graph.fresh("back"),
                List.of(gradient, c.name() + ".weight"),
                Map.of(
                        "kernel_shape", ForwardNodes.square(c.kernel()),
                        "strides", ForwardNodes.square(c.stride()),
                        "pads", new long[] {p, p, p, p},
                        "output_padding", ForwardNodes.square(c.stride() - 1)));
        String shape = graph.node("Shape", forward.inputOf(c));
        String start = graph.integers(graph.fresh("start"), 0, 0, 0, 0);
        return graph.node("Slice", spread, start, shape);
    }

    /** [in, out, k, k], each kernel turned by 180 degrees. */
    private static float[] flipped(Convolution c, float[] kernel) {
        int area = c.kernel() * c.kernel();
        float[] flipped = new float[kernel.length];
        for (int o = 0; o < c.out(); o++) {
            for (int i = 0; i < c.in(); i++) {
                for (int k = 0; k < area; k++) {
                    flipped[(i * c.out() + o) * area + area - 1 - k] = kernel[(o * c.in() + i) * area + k];
                }
            }
        }
        return flipped;
    }
}
