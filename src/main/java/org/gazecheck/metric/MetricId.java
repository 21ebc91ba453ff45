package org.gazecheck.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A figure's name: {@code SET.QUANTITY[.DETAIL]}, such as {@code test.localisation.mass_lift.correct}; and the class that it is
 * about, where it is about one.
 */
public record MetricId(MetricSet set, Metric metric, Detail detail, Optional<String> ofClass) {
    private static final Map<String, MetricId> ALL = new LinkedHashMap<>();

    static {
        for (Metric metric : MetricRegistry.all()) {
            for (Detail detail : metric.byOutcome() ? List.of(Detail.values()) : List.of(Detail.ALL)) {
                metric.sets().stream()
                        .map(set -> new MetricId(set, metric, detail, Optional.empty()))
                        .forEach(id -> ALL.put(id.text(), id));
            }
        }
    }

    /** Which of the images. */
    public enum Detail {
        ALL,
        /** Those predicted as what they are. */
        CORRECT,
        WRONG;

        String text() {
            return this == ALL ? "" : "." + name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of all images of the set together. */
    public static MetricId of(MetricSet set, Metric metric) {
        return new MetricId(set, metric, Detail.ALL, Optional.empty());
    }

    /** What a text stands for; empty where nothing is measured under it. */
    public static Optional<MetricId> of(String text) {
        return Optional.ofNullable(ALL.get(text));
    }

    /** @throws IllegalArgumentException where nothing is measured under the text */
    public static MetricId parse(String text) {
        return of(text).orElseThrow(() -> new IllegalArgumentException("there is no metric '" + text + "'"));
    }

    /** Everything that is measured, classes aside, in the order of the documentation. */
    public static List<MetricId> all() {
        return List.copyOf(ALL.values());
    }

    public MetricId among(Detail which) {
        return new MetricId(set, metric, which, ofClass);
    }

    public MetricId ofClass(String label) {
        return new MetricId(set, metric, detail, Optional.of(label));
    }

    /** Without its class. */
    public MetricId overall() {
        return ofClass.isEmpty() ? this : new MetricId(set, metric, detail, Optional.empty());
    }

    /** As rules and files have it, without its class. */
    public String text() {
        return set.text() + "." + metric.quantity() + detail.text();
    }

    /** Whether there is a figure of all images together. */
    public boolean isOverall() {
        return metric.places().overall();
    }

    /** Whether there is a figure of each class. */
    public boolean isByClass() {
        return metric.places().byClass() && detail == Detail.ALL;
    }

    /** Whether it is compared with the baseline. */
    public boolean isCompared() {
        return metric.isFigure() && metric.isCompared() && detail == Detail.ALL;
    }

    /** Whether the figure of each class is compared with the baseline. */
    public boolean isComparedByClass() {
        return isCompared() && metric.isComparedByClass();
    }

    /** Whether two runs are compared by ranks: values of images that are not the same, without a unit. */
    public boolean isRanked() {
        return set == MetricSet.NEW && metric.comparison() instanceof Comparison.Values;
    }

    @Override
    public String toString() {
        return text() + ofClass.map(label -> "[" + label + "]").orElse("");
    }
}
