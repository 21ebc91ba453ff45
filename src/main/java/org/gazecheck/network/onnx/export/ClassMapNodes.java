package org.gazecheck.network.onnx.export;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.network.Architecture.Residual;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Section;
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
    private final BackwardNodes backward;

    ClassMapNodes(GraphBuilder graph, ForwardNodes forward, BuiltInNetwork network) {
        this.graph = graph;
        this.backward = new BackwardNodes(graph, forward, network, SCORES);
    }

    /**
     * Adds the input "targets" and everything that the maps need.
     *
     * @param last the last block's activations
     * @param block whose activations make the maps
     * @return maps [n, 2, h, w]; nothing where the block lies before the section
     */
    Optional<String> add(Section section, String last, String block) {
        graph.integerInput(OnnxModels.TARGETS, "n");
        String perCell = backward.perCell(weightsOfClasses(), last);
        List<Residual> blocks = section.residuals();
        if (blocks.get(blocks.size() - 1).name().equals(block)) {
            return Optional.of(maps(last, perCell));
        }
        String gradient = backward.spread(perCell, last);
        for (int i = blocks.size() - 1; i > 0; i--) {
            if (blocks.get(i - 1).name().equals(block)) {
                String sums = backward.residualSum(blocks.get(i), gradient);
                return Optional.of(maps(block, graph.node("Div", sums, backward.area(block))));
            }
            gradient = backward.residual(blocks.get(i), gradient);
        }
        return Optional.empty();
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
        String pairs = graph.node("Reshape", weights, pairShape(activations));
        String ofImages =
                graph.node("Transpose", graph.fresh("pairs"), List.of(pairs), Map.of("perm", new long[] {1, 0, 2}));
        String product = graph.node("MatMul", ofImages, cells);
        String shape = graph.node(
                "Concat",
                graph.fresh("shape"),
                List.of(graph.integers(graph.fresh("same"), 0, 0), backward.sides(activations)),
                Map.of("axis", 0L));
        return graph.node("Reshape", product, shape);
    }

    /** [2, n, c] */
    private String pairShape(String activations) {
        String sizes = graph.node("Shape", activations);
        String rows = graph.node(
                "Slice", sizes, graph.integers(graph.fresh("zero"), 0), graph.integers(graph.fresh("two"), 2));
        return graph.node(
                "Concat",
                graph.fresh("shape"),
                List.of(graph.integers(graph.fresh("scores"), SCORES), rows),
                Map.of("axis", 0L));
    }
}
