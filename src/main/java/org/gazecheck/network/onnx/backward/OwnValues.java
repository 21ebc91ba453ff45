package org.gazecheck.network.onnx.backward;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Values of a forward pass in the same graph, once for each score that is differentiated: all rows, then all rows again. */
final class OwnValues implements ForwardValues {
    private final ForwardGraph forward;
    private final Nodes nodes;
    private final int scores;
    private final Map<String, String> known = new HashMap<>();

    OwnValues(ForwardGraph forward, Nodes nodes, int scores) {
        this.forward = forward;
        this.nodes = nodes;
        this.scores = scores;
    }

    @Override
    public String read(String value) {
        boolean ofImage = forward.value(value).orElseThrow().ofImage();
        return ofImage ? repeated(value) : value;
    }

    /** Compared once, since truth values are smaller than numbers. */
    @Override
    public String positive(String value) {
        String key = "> " + value;
        String positive = known.get(key);
        if (positive == null) {
            positive = repeated(nodes.greater(value, 0));
            known.put(key, positive);
        }
        return positive;
    }

    private String repeated(String value) {
        return scores == 1
                ? value
                : known.computeIfAbsent(
                        value,
                        v -> nodes.op(
                                "Concat",
                                Map.of("axis", 0L),
                                Collections.nCopies(scores, v).toArray(String[]::new)));
    }
}
