package org.gazecheck.network.onnx.backward;

import java.util.List;
import java.util.Map;
import org.gazecheck.network.onnx.graph.GraphBuilder;

/**
 * A model that takes "score weights" [n, classes] and values of the forward pass, and gives "gradient", that of the weighted
 * logits with respect to one value, in its shape, in single precision.
 *
 * @param inputs what each value of the forward pass that it takes is called in it
 */
public record BackwardModel(byte[] model, Map<String, String> inputs) {
    public static final String SCORE_WEIGHTS = "score weights";
    public static final String GRADIENT = "gradient";

    /**
     * @param layer a value of the graph
     * @throws IllegalArgumentException if {@link Refusals} has a reason against it
     */
    public static BackwardModel of(ForwardGraph forward, String layer) {
        GraphBuilder graph = new GraphBuilder(Nodes.OPSET);
        Nodes nodes = new Nodes(graph, SCORE_WEIGHTS);
        TakenValues values = new TakenValues(forward, nodes, Recomputed.of(forward, forward.dependents(layer)));
        graph.input(SCORE_WEIGHTS, "n", "classes");
        Shape logits = forward.value(forward.logits()).orElseThrow().shape();
        String weights = logits.rank() == 2 ? SCORE_WEIGHTS : nodes.reshape(SCORE_WEIGHTS, logits.target());
        try {
            String found = new Differentiation(forward, values, nodes, "")
                    .back(layer, forward.logits(), weights)
                    .orElseGet(
                            () -> nodes.zeros(forward.value(layer).orElseThrow().shape()));
            graph.node("Identity", GRADIENT, List.of(found), Map.of());
            graph.output(GRADIENT);
            return new BackwardModel(graph.model(Map.of()), values.taken());
        } catch (NoDerivativeException e) {
            throw new IllegalArgumentException(
                    "no gradients at " + layer + ": an operator behind it " + e.getMessage(), e);
        }
    }
}
