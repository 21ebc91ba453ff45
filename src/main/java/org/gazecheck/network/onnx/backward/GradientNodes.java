package org.gazecheck.network.onnx.backward;

import java.util.List;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.onnx.graph.GraphBuilder;

/** Writes ways back into a graph that has the forward pass too. */
public final class GradientNodes {
    /** Version of ONNX's operators that the graph must be of. */
    public static final int OPSET = Nodes.OPSET;

    private final ForwardGraph forward;
    private final Nodes nodes;
    private final ForwardValues values;

    /**
     * @param forward the pass that the graph has
     * @param scores how many scores of each image are differentiated: gradients have {@code scores * n} rows, those of the
     *     first score for all images first
     * @param counted a value of as many rows
     */
    public GradientNodes(GraphBuilder graph, ForwardGraph forward, int scores, String counted) {
        this.forward = forward;
        this.nodes = new Nodes(graph, counted);
        this.values = new OwnValues(forward, nodes, scores);
    }

    /**
     * @param value behind the layer, which everything passes through
     * @param gradient with respect to it
     * @return that with respect to the layer
     * @throws IllegalArgumentException if an operator between cannot be differentiated
     */
    public String at(String layer, String value, String gradient) {
        return back(layer, value, gradient, false);
    }

    /**
     * The sum over a map of what {@link #at} gives. Where all that takes the layer sees one cell at a time, sums are taken before
     * convolutions, which become products of matrices.
     *
     * @return [scores n, c]
     */
    public String sumAt(String layer, String value, String gradient) {
        List<NodeProto> takers = forward.dependents(layer).stream()
                .filter(node -> node.getInputList().contains(layer))
                .toList();
        boolean summed = takers.stream().allMatch(node -> Summing.isPossible(node, layer, forward));
        String found = back(layer, value, gradient, summed);
        return summed ? found : Summing.sum(nodes, found);
    }

    private String back(String layer, String value, String gradient, boolean summed) {
        if (layer.equals(value)) {
            return gradient;
        }
        try {
            return new Differentiation(forward, values, nodes, summed ? layer : "")
                    .back(layer, value, gradient)
                    .orElseThrow(() -> new IllegalArgumentException(value + " does not depend on " + layer));
        } catch (NoDerivativeException e) {
            throw new IllegalArgumentException(
                    "no gradients at " + layer + ": an operator behind it " + e.getMessage(), e);
        }
    }
}
