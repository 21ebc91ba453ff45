package org.gazecheck.network.onnx.backward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joining and dividing along a dimension. */
final class JoinRules {
    private JoinRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("Concat", JoinRules::concat);
        rules.put("Split", JoinRules::split);
    }

    private static void concat(Step s) {
        int axis = s.outputShape(0).axis(s.attributes().integer("axis", 1));
        s.outputShape(0).requireNotRows(axis);
        long from = 0;
        for (int i = 0; i < s.inputs(); i++) {
            long size = s.shape(i).size(axis);
            if (s.wants(i)) {
                s.give(i, s.nodes().slice(s.gradient(), axis, from, from + size));
            }
            from += size;
        }
    }

    /** Parts that the scores do not depend on have zeros. */
    private static void split(Step s) {
        int axis = s.shape(0).axis(s.attributes().integer("axis", 0));
        s.shape(0).requireNotRows(axis);
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < s.outputs(); k++) {
            Optional<String> gradient = s.node().getOutput(k).isEmpty() ? Optional.empty() : s.gradient(k);
            Shape shape = s.outputShape(k);
            parts.add(gradient.orElseGet(() -> s.nodes().zeros(shape)));
        }
        s.give(0, s.nodes().op("Concat", Map.of("axis", (long) axis), parts.toArray(String[]::new)));
    }
}
