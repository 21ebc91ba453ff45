package org.gazecheck.history;

import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Figure;

/** One figure of a run; its value is NaN where it does not exist, so are the ends where there is no interval. */
public record RecordedMetric(MetricId id, Figure figure) {}
