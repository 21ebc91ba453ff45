package org.gazecheck.network.onnx.export;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.network.Architecture.Residual;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.onnx.graph.GraphBuilder;

/**
 * The backward pass from weighted logits to inner activations, as ordinary ONNX nodes: of a stride-1 convolution a
 * convolution with transposed, flipped kernels; of a stride-2 one a transposed convolution, cut to the input's size; of a
 * ReLU a choice by the sign of its output.
 */
final class BackwardNodes {
    private final GraphBuilder graph;
    private final ForwardNodes forward;
    private final BuiltInNetwork network;
    private final int scores;
    private final String zero;
    private final Map<String, String> repeated = new HashMap<>();

    /**
     * @param scores how many scores of each image are differentiated: gradients have {@code scores * n} rows, those of the
     *     first score for all images first
     */
    BackwardNodes(GraphBuilder graph, ForwardNodes forward, BuiltInNetwork network, int scores) {
        this.graph = graph;
        this.forward = forward;
        this.network = network;
        this.scores = scores;
        this.zero = graph.weights("zero", new float[1]);
        graph.integers("spatial", 2, 3);
    }

    /**
     * Through the head and the global average: the closed form at the last block.
     *
     * @param logits gradient with respect to the logits, as that with respect to what the last layer sees: [scores n, d]
     * @param activations of the last block, [n, d, h, w]
     * @return gradient with respect to each cell of a channel, which is the same for all of them, [scores n, d]
     */
    String perCell(String logits, String activations) {
        String features = network.head().orElseThrow() instanceof HellingerHead ? throughHellinger(logits) : logits;
        return graph.node("Div", features, area(activations));
    }

    /** @return gradient with respect to the last block's activations, [scores n, d, h, w] */
    String spread(String perCell, String activations) {
        String column = graph.node("Unsqueeze", perCell, "spatial");
        String sides = sides(activations);
        String shape = graph.node(
                "Concat",
                graph.fresh("shape"),
                List.of(graph.integers(graph.fresh("ones"), 1, 1), sides),
                Map.of("axis", 0L));
        return graph.node("Expand", column, shape);
    }

    /** Height and width, [2]. */
    String sides(String activations) {
        String shape = graph.node("Shape", activations);
        return graph.node(
                "Slice", shape, graph.integers(graph.fresh("two"), 2), graph.integers(graph.fresh("four"), 4));
    }

    /** Height times width, [1]. */
    String area(String activations) {
        String sides = graph.node("Cast", graph.fresh("sides"), List.of(sides(activations)), Map.of("to", 1L));
        return graph.node("ReduceProd", sides);
    }

    /** A value of the forward pass, once for each score. */
    private String repeated(String value) {
        return scores == 1
                ? value
                : repeated.computeIfAbsent(
                        value,
                        v -> graph.node(
                                "Concat", graph.fresh("repeated"), Collections.nCopies(scores, v), Map.of("axis", 0L)));
    }

    /** {@code df = (du - u (u . du)) / (2 |s| s)}, 0 where {@code f = 0}: {@link HellingerHead#featureGradient}. */
    private String throughHellinger(String unitGradient) {
        String unit = repeated("fc.unit");
        String product = graph.node("Mul", unitGradient, unit);
        String projection = graph.node(
                "ReduceSum",
                graph.fresh("projection"),
                List.of(product, graph.integers("channels", 1)),
                Map.of("keepdims", 1L));
        String across = graph.node("Sub", unitGradient, graph.node("Mul", unit, projection));
        String twice = graph.node("Mul", repeated("fc.root"), graph.weights("twice", new float[] {2}));
        String divided = graph.node("Div", across, graph.node("Mul", twice, repeated("fc.norm")));
        return whereActive(ForwardNodes.FEATURES, divided);
    }

    /**
     * @param gradient with respect to the block's output
     * @return gradient with respect to its input
     */
    String residual(Residual residual, String gradient) {
        String sum = whereActive(residual.name(), gradient);
        String value = convolution(residual.path().get(0), behindFirst(residual, sum));
        return graph.node("Add", value, residual.shortcut() == null ? sum : convolution(residual.shortcut(), sum));
    }

    /**
     * The sum over the map of what {@link #residual} gives. Where the block's first convolution and its shortcut see one
     * cell at a time, the sum can be taken before them, and they become matrix products.
     *
     * @return [scores n, c]
     */
    String residualSum(Residual residual, String gradient) {
        Convolution first = residual.path().get(0);
        Convolution shortcut = residual.shortcut();
        if (!cellwise(first) || shortcut != null && !cellwise(shortcut)) {
            return sum(residual(residual, gradient));
        }
        String sum = whereActive(residual.name(), gradient);
        String value = product(first, sum(behindFirst(residual, sum)));
        return graph.node("Add", value, shortcut == null ? sum(sum) : product(shortcut, sum(sum)));
    }

    /** @return gradient with respect to the output of the block's first convolution */
    private String behindFirst(Residual residual, String sum) {
        List<Convolution> path = residual.path();
        String value = sum;
        for (int i = path.size() - 1; i > 0; i--) {
            value = whereActive(forward.inputOf(path.get(i)), convolution(path.get(i), value));
        }
        return value;
    }

    private static boolean cellwise(Convolution c) {
        return c.kernel() == 1 && c.padding() == 0;
    }

    private String product(Convolution c, String sums) {
        String matrix =
                graph.weights(c.name() + ".matrix", network.folded(c.name()).kernel(), c.out(), c.in());
        return graph.node("MatMul", sums, matrix);
    }

    private String sum(String gradient) {
        return graph.node("ReduceSum", graph.fresh("sum"), List.of(gradient, "spatial"), Map.of("keepdims", 0L));
    }

    private String whereActive(String output, String gradient) {
        String active = repeated.computeIfAbsent("> " + output, key -> graph.node("Greater", output, zero));
        return graph.node("Where", repeated(active), gradient, zero);
    }

    private String convolution(Convolution c, String gradient) {
        FoldedConvolution folded = network.folded(c.name());
        if (c.stride() == 1) {
            String flipped = graph.weights(
                    c.name() + ".flipped", flipped(c, folded.kernel()), c.in(), c.out(), c.kernel(), c.kernel());
            int p = c.kernel() - 1 - c.padding();
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
        String start = graph.integers(graph.fresh("start"), 0, 0);
        return graph.node("Slice", spread, start, sides(forward.inputOf(c)), "spatial");
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
