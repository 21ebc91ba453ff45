package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code metrics.json}: the figures of the evaluated splits; a split without labelled images is null.
 *
 * @param arrived of the split {@code new}
 * @param calibration null where none was asked for, or another run decided
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Metrics(
        @Nullable SplitMetrics val,
        @Nullable SplitMetrics test,
        @JsonProperty("new") @Nullable SplitMetrics arrived,
        @Nullable Calibration calibration) {
    public Metrics(@Nullable SplitMetrics val, @Nullable SplitMetrics test) {
        this(val, test, null, null);
    }

    /** The figures of a split. */
    public Optional<SplitMetrics> of(Split split) {
        return switch (split) {
            case TRAIN -> Optional.empty();
            case VAL -> Optional.ofNullable(val);
            case TEST -> Optional.ofNullable(test);
            case NEW -> Optional.ofNullable(arrived);
        };
    }
}
