package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gazecheck.results.Figure;

/** Measurements that were written down one by one. */
public final class MeasurementTable implements Measurements {
    private static final String NOT_MEASURED = "it was not measured in this run";

    private final Map<String, Figure> figures;
    private final Map<String, SortedMap<String, Figure>> figuresByClass;
    private final Map<String, BaselineComparison> comparisons;
    private final Map<String, SortedMap<String, BaselineComparison>> comparisonsByClass;
    private final List<DriftTest> drift;
    private final List<NightFinding> findings;
    private final Map<String, String> reasons;
    private final String incomparable;

    private MeasurementTable(Builder builder) {
        figures = Map.copyOf(builder.figures);
        figuresByClass = Map.copyOf(builder.figuresByClass);
        comparisons = Map.copyOf(builder.comparisons);
        comparisonsByClass = Map.copyOf(builder.comparisonsByClass);
        drift = List.copyOf(builder.drift);
        findings = builder.findings == null ? null : List.copyOf(builder.findings);
        reasons = Map.copyOf(builder.reasons);
        incomparable = builder.incomparable;
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Measured<Figure> figure(String name) {
        return of(figures, name);
    }

    @Override
    public Measured<SortedMap<String, Figure>> figureByClass(String name) {
        return of(figuresByClass, name);
    }

    @Override
    public Measured<BaselineComparison> comparison(String name) {
        return compared(comparisons, name);
    }

    @Override
    public Measured<SortedMap<String, BaselineComparison>> comparisonByClass(String name) {
        return compared(comparisonsByClass, name);
    }

    @Override
    public Measured<List<DriftTest>> drift(String name) {
        List<DriftTest> tests = drift.stream()
                .filter(test -> test.measure().equals(name) || test.measure().startsWith(name + "."))
                .toList();
        return tests.isEmpty() ? missing(name) : new Measured.Found<>(tests);
    }

    @Override
    public Measured<List<NightFinding>> findings(boolean onlyNew) {
        if (onlyNew && incomparable != null) {
            return new Measured.Unanswerable<>(incomparable);
        }
        if (findings == null) {
            return missing("findings");
        }
        return onlyNew && reasons.containsKey("findings.new")
                ? missing("findings.new")
                : new Measured.Found<>(findings);
    }

    private <T> Measured<T> compared(Map<String, T> values, String name) {
        return incomparable != null && !name.startsWith("new.")
                ? new Measured.Unanswerable<>(incomparable)
                : of(values, name);
    }

    private <T> Measured<T> of(Map<String, T> values, String name) {
        return values.containsKey(name) ? new Measured.Found<>(values.get(name)) : missing(name);
    }

    /** The reason that was given for the longest beginning of the name. */
    private <T> Measured<T> missing(String name) {
        String nearest = reasons.keySet().stream()
                .filter(prefix -> name.equals(prefix) || name.startsWith(prefix + "."))
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .orElse(null);
        return new Measured.NotApplicable<>(nearest == null ? NOT_MEASURED : reasons.get(nearest));
    }

    /** Collects them; names that the {@link Catalogue} lacks are refused. */
    public static final class Builder {
        private final Map<String, Figure> figures = new HashMap<>();
        private final Map<String, SortedMap<String, Figure>> figuresByClass = new HashMap<>();
        private final Map<String, BaselineComparison> comparisons = new HashMap<>();
        private final Map<String, SortedMap<String, BaselineComparison>> comparisonsByClass = new HashMap<>();
        private final List<DriftTest> drift = new ArrayList<>();
        private final Map<String, String> reasons = new HashMap<>();
        private List<NightFinding> findings;
        private String incomparable;

        private Builder() {}

        public Builder figure(String name, Figure figure) {
            figures.put(known(name), figure);
            return this;
        }

        /** A count or a duration. */
        public Builder count(String name, double value) {
            return figure(name, new Figure(value, Double.NaN, Double.NaN, 0));
        }

        public Builder figureByClass(String name, Map<String, Figure> classes) {
            figuresByClass.put(known(name), new TreeMap<>(classes));
            return this;
        }

        public Builder comparison(String name, BaselineComparison comparison) {
            comparisons.put(known(name), asSaid(name, comparison));
            return this;
        }

        public Builder comparisonByClass(String name, Map<String, BaselineComparison> classes) {
            classes.values().forEach(comparison -> asSaid(name, comparison));
            comparisonsByClass.put(known(name), new TreeMap<>(classes));
            return this;
        }

        public Builder drift(DriftTest test) {
            known(test.measure());
            drift.add(test);
            return this;
        }

        public Builder findings(List<NightFinding> all) {
            findings = all;
            return this;
        }

        /**
         * Why nothing is measured under a name and those that begin with it.
         *
         * @param prefix such as "new" for everything about new images; "findings" for findings
         */
        public Builder notApplicable(String prefix, String reason) {
            reasons.put(prefix, reason);
            return this;
        }

        /** There is a baseline, with which the run cannot be compared. @param reason a clause of its own */
        public Builder incomparable(String reason) {
            incomparable = reason;
            return this;
        }

        public MeasurementTable build() {
            return new MeasurementTable(this);
        }

        /** Rules are read by what the catalogue says of the comparison. */
        private static BaselineComparison asSaid(String name, BaselineComparison comparison) {
            if (comparison.effect().ranked() != Catalogue.of(name).orElseThrow().isRanked()) {
                throw new IllegalArgumentException(
                        name + (comparison.effect().ranked() ? " is" : " is not") + " compared by ranks");
            }
            return comparison;
        }

        private static String known(String name) {
            return Catalogue.of(name)
                    .orElseThrow(() -> new IllegalArgumentException("there is no measure '" + name + "'"))
                    .name();
        }
    }
}
