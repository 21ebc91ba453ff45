package org.gazecheck.network;

import java.util.Map;

/**
 * What could be meant otherwise of an external network, and how it is taken.
 *
 * @param id for programs, such as {@code external.output}
 * @param text one sentence
 * @param counts by what is counted
 */
public record Assumed(String id, String text, Map<String, Integer> counts) {
    public Assumed {
        counts = Map.copyOf(counts);
    }

    public Assumed(String id, String text) {
        this(id, text, Map.of());
    }
}
