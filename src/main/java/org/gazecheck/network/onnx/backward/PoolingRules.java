package org.gazecheck.network.onnx.backward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Means and maxima over windows or whole maps. A maximum's gradient goes to the first of equal numbers. */
final class PoolingRules {
    private PoolingRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("GlobalAveragePool", PoolingRules::globalAverage);
        rules.put("GlobalMaxPool", PoolingRules::globalMaximum);
        rules.put("AveragePool", s -> SeparableMap.back(s, Map.of()));
        rules.put("MaxPool", PoolingRules::maximum);
    }

    private static void globalAverage(Step s) {
        Nodes n = s.nodes();
        Shape shape = s.shape(0);
        long area = shape.count() / shape.size(0) / shape.size(1);
        if (s.isSummed(0)) {
            s.giveSums(0, n.reshape(s.gradient(), -1, shape.size(1)));
        } else {
            s.give(0, n.expand(n.div(s.gradient(), n.number(area)), s.outputShape(0), shape));
        }
    }

    private static void globalMaximum(Step s) {
        Nodes n = s.nodes();
        Shape shape = s.shape(0);
        long area = shape.count() / shape.size(0) / shape.size(1);
        Shape flat = shape.replaced(2, shape.rank(), area);
        String best = n.op("ArgMax", Map.of("axis", 2L, "keepdims", 1L), n.reshape(s.input(0), flat.target()));
        String chosen = n.op("Equal", best, n.integers(LongStream.range(0, area).toArray()));
        String gradient = n.reshape(s.gradient(), flat.reduced(List.of(2)).target());
        s.give(0, n.reshape(n.masked(chosen, gradient), shape.target()));
    }

    /** Where the maxima were is found again: ONNX Runtime counts them through the whole of a batch. */
    private static void maximum(Step s) {
        Nodes n = s.nodes();
        Map<String, Object> attributes = new HashMap<>(s.attributes().all());
        attributes.remove("storage_order");
        String places = n.graph().fresh("places");
        n.graph().node("MaxPool", List.of(n.graph().fresh("maxima"), places), List.of(s.input(0)), attributes);
        String back = n.op(
                "ScatterElements",
                Map.of("axis", 0L, "reduction", "add"),
                n.reshape(n.zeros(s.shape(0)), -1),
                n.reshape(places, -1),
                n.reshape(s.gradient(), -1));
        s.give(0, n.reshape(back, s.shape(0).target()));
        if (IntStream.range(1, s.outputs()).anyMatch(k -> s.gradient(k).isPresent())) {
            throw new NoDerivativeException("whose places are used");
        }
    }
}
