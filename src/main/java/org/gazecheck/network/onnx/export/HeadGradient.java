package org.gazecheck.network.onnx.export;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.gazecheck.network.Head;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.onnx.graph.GraphBuilder;

/** A head's own closed form of its gradient ({@link Head#featureGradient}) as nodes. */
final class HeadGradient {
    private final GraphBuilder graph;
    private final Head head;
    private final int scores;

    /** @param scores as of {@link org.gazecheck.network.onnx.backward.GradientNodes} */
    HeadGradient(GraphBuilder graph, Head head, int scores) {
        this.graph = graph;
        this.head = head;
        this.scores = scores;
    }

    /**
     * @param gradient with respect to the logits, as that with respect to what the last layer sees: [scores n, d]
     * @return that with respect to the features, [scores n, d]
     */
    String ofFeatures(String gradient) {
        return head instanceof HellingerHead ? throughHellinger(gradient) : gradient;
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
        String zero = graph.weights("zero", new float[1]);
        String active = graph.node("Greater", ForwardNodes.FEATURES, zero);
        return graph.node("Where", repeated(active), divided, zero);
    }

    /** Once for each score. */
    private String repeated(String value) {
        return scores == 1
                ? value
                : graph.node("Concat", graph.fresh("repeated"), Collections.nCopies(scores, value), Map.of("axis", 0L));
    }
}
