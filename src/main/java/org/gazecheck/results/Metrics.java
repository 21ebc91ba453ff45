package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonInclude;

/** {@code metrics.json}: the figures of the evaluated splits; a split without images is null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Metrics(SplitMetrics val, SplitMetrics test) {}
