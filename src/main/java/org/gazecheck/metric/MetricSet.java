package org.gazecheck.metric;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gazecheck.results.Split;

/** What a metric is of: the first part of its id. */
public enum MetricSet {
    VAL,
    TEST,
    NEW,
    /** What the baseline has and this night has no more. */
    MISSING,
    /** The night as a whole. */
    NIGHT,
    /** A run that mends another one, beside that. */
    MITIGATION;

    /** Those with images that are evaluated. */
    public static final List<MetricSet> EVALUATED = List.of(VAL, TEST, NEW);

    /** As ids have it: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The split whose images it is of. */
    public Optional<Split> split() {
        return EVALUATED.contains(this) ? Optional.of(Split.valueOf(name())) : Optional.empty();
    }

    /** Of a split that is evaluated. */
    public static MetricSet of(Split split) {
        return valueOf(split.name());
    }
}
