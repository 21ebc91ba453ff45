package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * {@code metrics.json}: the figures of the evaluated splits; a split without labelled images is null.
 *
 * @param arrived of the split {@code new}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Metrics(SplitMetrics val, SplitMetrics test, @JsonProperty("new") SplitMetrics arrived) {
    public Metrics(SplitMetrics val, SplitMetrics test) {
        this(val, test, null);
    }

    /** The figures of a split, or null. */
    public SplitMetrics of(Split split) {
        return switch (split) {
            case TRAIN -> null;
            case VAL -> val;
            case TEST -> test;
            case NEW -> arrived;
        };
    }
}
