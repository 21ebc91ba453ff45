package org.gazecheck.network.onnx.export;

import java.util.List;
import java.util.Map;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.onnx.backward.GradientNodes;
import org.gazecheck.network.onnx.graph.GraphBuilder;

/**
 * Grad-CAM of the predicted class and of a target in one pass (Selvaraju et al. 2017, equations 1 and 2, before the
 * ReLU): both scores go back together through one forward pass, only as far as the gradient's mean over the map needs it,
 * and one product weighs the activations for both.
 */
final class ClassMapNodes {
    /** The predicted class, the target. */
    static final int SCORES = 2;

    private final GraphBuilder graph;
    private final SizedForward forward;
    private final HeadGradient head;

    ClassMapNodes(GraphBuilder graph, SizedForward forward, BuiltInNetwork network) {
        this.graph = graph;
        this.forward = forward;
        this.head = new HeadGradient(graph, network.head().orElseThrow(), SCORES);
    }

    /**
     * Adds the input "targets" and everything that the maps need.
     *
     * @param layer the value whose maps are weighed
     * @return maps [n, 2, h, w]
     */
    String add(String layer) {
        graph.integerInput(OnnxModels.TARGETS, "n");
        String features = head.ofFeatures(weightsOfClasses());
        String sums = new GradientNodes(graph, forward, SCORES, features).sumAt(layer, ForwardNodes.FEATURES, features);
        long[] sides = forward.sides(layer);
        String area = graph.weights(graph.fresh("area"), new float[] {sides[0] * sides[1]}, 1);
        return maps(layer, graph.node("Div", sums, area));
    }

    /** The rows of the last layer's matrix for all predicted classes, then for all targets, [2 n, d]. */
    private String weightsOfClasses() {
        String predicted = graph.node(
                "ArgMax", graph.fresh("predicted"), List.of(ForwardNodes.LOGITS), Map.of("axis", 1L, "keepdims", 0L));
        String classes = graph.node(
                "Concat", graph.fresh("classes"), List.of(predicted, OnnxModels.TARGETS), Map.of("axis", 0L));
        return graph.node("Gather", "fc.weight", classes);
    }

    /**
     * @param activations [n, c, h, w]
     * @param weights of the channels, [2 n, c]
     */
    private String maps(String activations, String weights) {
        String cells = graph.node("Reshape", activations, graph.integers(graph.fresh("flat"), 0, 0, -1));
        long channels = forward.channels(activations);
        String pairs = graph.node("Reshape", weights, graph.integers(graph.fresh("scores"), SCORES, -1, channels));
        String ofImages =
                graph.node("Transpose", graph.fresh("pairs"), List.of(pairs), Map.of("perm", new long[] {1, 0, 2}));
        String product = graph.node("MatMul", ofImages, cells);
        long[] sides = forward.sides(activations);
        return graph.node("Reshape", product, graph.integers(graph.fresh("sides"), 0, 0, sides[0], sides[1]));
    }
}
