package org.gazecheck.network.onnx.backward;

import java.util.Map;

/** Operators that take or put numbers at places that may depend on the image; the places themselves have no gradient. */
final class ScatterRules {
    private ScatterRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("GatherElements", ScatterRules::gatherElements);
        rules.put("TopK", ScatterRules::topK);
        rules.put("GatherND", ScatterRules::gatherNd);
        rules.put("ScatterND", ScatterRules::scatterNd);
        rules.put("CumSum", ScatterRules::cumSum);
    }

    private static String added(Step s, long axis, String places, String gradient) {
        return s.nodes()
                .op(
                        "ScatterElements",
                        Map.of("axis", axis, "reduction", "add"),
                        s.nodes().zeros(s.shape(0)),
                        places,
                        gradient);
    }

    private static void gatherElements(Step s) {
        s.give(0, added(s, s.attributes().integer("axis", 0), s.input(1), s.gradient()));
    }

    private static void topK(Step s) {
        s.give(0, added(s, s.attributes().integer("axis", -1), s.output(1), s.gradient()));
    }

    private static void gatherNd(Step s) {
        if (s.attributes().integer("batch_dims", 0) != 0) {
            throw new NoDerivativeException("with dimensions that it takes one by one");
        }
        s.give(
                0,
                s.nodes()
                        .op(
                                "ScatterND",
                                Map.of("reduction", "add"),
                                s.nodes().zeros(s.shape(0)),
                                s.input(1),
                                s.gradient()));
    }

    private static void scatterNd(Step s) {
        Nodes n = s.nodes();
        if (!s.attributes().text("reduction", "none").equals("none")) {
            throw new NoDerivativeException("with a reduction");
        }
        if (s.wants(0)) {
            s.give(0, n.op("ScatterND", s.gradient(), s.input(1), n.zeros(s.shape(2))));
        }
        if (s.wants(2)) {
            s.give(2, n.op("GatherND", s.gradient(), s.input(1)));
        }
    }

    /** Sums from the other end. */
    private static void cumSum(Step s) {
        Map<String, Long> attributes = Map.of(
                "exclusive",
                s.attributes().integer("exclusive", 0),
                "reverse",
                1 - s.attributes().integer("reverse", 0));
        s.give(0, s.nodes().op("CumSum", attributes, s.gradient(), s.input(1)));
    }
}
