package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.Figure;
import org.gazecheck.results.NamedFile;
import org.gazecheck.results.RunVerdict;
import org.jspecify.annotations.Nullable;

/** What rules are applied to: everything measured of one run, and its comparison with the baseline. */
public final class MeasurementTable {
    private static final String NOT_MEASURED = "it was not measured in this run";

    private final Map<MetricId, Figure> figures;
    private final Map<MetricId, BaselineComparison> comparisons;
    private final List<DriftTest> drift;
    private final Measured<List<NightFinding>> findings;
    private final Measured<List<NightFinding>> findingsOfNewImages;
    private final Measured<RunVerdict> verdict;
    private final Optional<String> withoutNewFindings;
    private final Map<MetricId, List<NamedFile>> named;
    private final Predicate<NamedFile> there;
    private final BiPredicate<MetricId, String> settled;
    private final Map<MetricId, String> reasons;
    private final Map<MetricSet, String> reasonsBySet;
    private final Optional<String> incomparable;

    private MeasurementTable(Builder builder) {
        figures = Map.copyOf(builder.figures);
        comparisons = Map.copyOf(builder.comparisons);
        drift = List.copyOf(builder.drift);
        findings = builder.findings;
        findingsOfNewImages = builder.findingsOfNewImages;
        verdict = builder.verdict;
        withoutNewFindings = builder.withoutNewFindings;
        named = Map.copyOf(builder.named);
        there = builder.there;
        settled = builder.settled;
        reasons = Map.copyOf(builder.reasons);
        reasonsBySet = Map.copyOf(builder.reasonsBySet);
        incomparable = builder.incomparable;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Of each class in the order of their names, or that of all together; a count has no interval. */
    Measured<SortedMap<MetricId, Figure>> figures(MetricId id, boolean eachClass) {
        return parts(figures, id, eachClass);
    }

    /** Beside the baseline's, of what has images in both. */
    Measured<SortedMap<MetricId, BaselineComparison>> comparisons(MetricId id, boolean eachClass) {
        return incomparable.isPresent() && id.set() != MetricSet.NEW
                ? new Measured.Unanswerable<>(incomparable.get())
                : parts(comparisons, id, eachClass);
    }

    /** The tests that a metric covers, at least one. */
    Measured<List<DriftTest>> drift(MetricId id) {
        List<DriftTest> tests = drift.stream()
                .filter(test -> id.metric().covers(test.id().metric()))
                .toList();
        return tests.isEmpty() ? missing(id) : new Measured.Found<>(tests);
    }

    /** Tonight's findings; those that the baseline does not have only where it is known which these are. */
    Measured<List<NightFinding>> findings(Rule.Which of) {
        if (of == Rule.Which.OF_NEW_IMAGES) {
            return findingsOfNewImages;
        }
        boolean onlyNew = of == Rule.Which.NEW;
        if (onlyNew && incomparable.isPresent()) {
            return new Measured.Unanswerable<>(incomparable.get());
        }
        return onlyNew && withoutNewFindings.isPresent()
                ? new Measured.NotApplicable<>(withoutNewFindings.get())
                : findings;
    }

    /** What the watched run comes to by its audit and its review. */
    Measured<RunVerdict> verdict() {
        return verdict;
    }

    /** Files among what arrived that are behind what was looked at, where it is about single ones. */
    List<NamedFile> named(Seen seen) {
        if (seen instanceof Seen.OfFinding finding) {
            return finding.found().named();
        }
        if (seen instanceof Seen.OfTest test) {
            return named.getOrDefault(test.test().id(), List.of());
        }
        return seen instanceof Seen.OfFigure figure ? named.getOrDefault(figure.id(), List.of()) : List.of();
    }

    /** Whether a file is still where it was named. */
    boolean isThere(NamedFile file) {
        return there.test(file);
    }

    /** Whether nothing is left of the new images of a night that were behind a metric. */
    boolean settled(MetricId id, String night) {
        return settled.test(id, night);
    }

    private <T> Measured<SortedMap<MetricId, T>> parts(Map<MetricId, T> values, MetricId id, boolean eachClass) {
        SortedMap<MetricId, T> parts =
                new TreeMap<>(Comparator.comparing(of -> of.ofClass().orElse("")));
        values.forEach((of, value) -> {
            if (of.overall().equals(id) && of.ofClass().isPresent() == eachClass) {
                parts.put(of, value);
            }
        });
        return parts.isEmpty() ? missing(id) : new Measured.Found<>(parts);
    }

    /** The reason that was given for it, for all drift, or for its set. */
    private <T> Measured<T> missing(MetricId id) {
        MetricId wider = id.metric().isFigure() ? id : MetricId.of(MetricSet.NEW, MetricRegistry.DRIFT);
        return new Measured.NotApplicable<>(Stream.of(reasons.get(id), reasons.get(wider), reasonsBySet.get(id.set()))
                .filter(reason -> reason != null)
                .findFirst()
                .orElse(NOT_MEASURED));
    }

    /** Collects them. */
    public static final class Builder {
        private final Map<MetricId, Figure> figures = new HashMap<>();
        private final Map<MetricId, BaselineComparison> comparisons = new HashMap<>();
        private final List<DriftTest> drift = new ArrayList<>();
        private final Map<MetricId, String> reasons = new HashMap<>();
        private final Map<MetricSet, String> reasonsBySet = new HashMap<>();
        private final Map<MetricId, List<NamedFile>> named = new HashMap<>();
        private Predicate<NamedFile> there = file -> true;
        private BiPredicate<MetricId, String> settled = (id, night) -> false;
        private Measured<List<NightFinding>> findings = new Measured.NotApplicable<>(NOT_MEASURED);
        private Measured<List<NightFinding>> findingsOfNewImages = new Measured.NotApplicable<>(NOT_MEASURED);
        private Measured<RunVerdict> verdict = new Measured.NotApplicable<>(NOT_MEASURED);
        private Optional<String> withoutNewFindings = Optional.empty();
        private Optional<String> incomparable = Optional.empty();

        private Builder() {}

        public Builder figure(MetricId id, Figure figure) {
            figures.put(id, figure);
            return this;
        }

        /** A count or a duration. */
        public Builder count(MetricId id, double value) {
            return figure(id, new Figure(value, Double.NaN, Double.NaN, 0));
        }

        /** What is counted, or contradicted, file by file. */
        public Builder named(MetricId id, List<NamedFile> files) {
            named.put(id, List.copyOf(files));
            return this;
        }

        /**
         * What became of files and images that earlier nights had.
         *
         * @param isThere whether a file is still where it was named
         * @param isSettled whether nothing is left of the new images of a night that were behind a metric
         */
        public Builder later(Predicate<NamedFile> isThere, BiPredicate<MetricId, String> isSettled) {
            there = isThere;
            settled = isSettled;
            return this;
        }

        public Builder comparison(MetricId id, BaselineComparison comparison) {
            if (comparison.effect().ranked() != id.isRanked()) {
                throw new IllegalArgumentException(
                        id + (comparison.effect().ranked() ? " is" : " is not") + " compared by ranks");
            }
            comparisons.put(id, comparison);
            return this;
        }

        public Builder drift(DriftTest test) {
            drift.add(test);
            return this;
        }

        public Builder findings(List<NightFinding> all) {
            findings = new Measured.Found<>(List.copyOf(all));
            return this;
        }

        /** Of the audit of new images. */
        public Builder findingsOfNewImages(List<NightFinding> all) {
            findingsOfNewImages = new Measured.Found<>(List.copyOf(all));
            return this;
        }

        public Builder withoutFindingsOfNewImages(String reason) {
            findingsOfNewImages = new Measured.NotApplicable<>(reason);
            return this;
        }

        public Builder withoutFindings(String reason) {
            findings = new Measured.NotApplicable<>(reason);
            return this;
        }

        /** @param found null where an earlier version audited the run */
        public Builder verdict(@Nullable RunVerdict found) {
            verdict = found == null
                    ? new Measured.NotApplicable<>("an earlier version audited the run, which has no verdict")
                    : new Measured.Found<>(found);
            return this;
        }

        public Builder withoutNewFindings(String reason) {
            withoutNewFindings = Optional.of(reason);
            return this;
        }

        /** Why nothing is measured under an id, or no drift where the id is that of all drift. */
        public Builder notApplicable(MetricId id, String reason) {
            reasons.put(id, reason);
            return this;
        }

        /** Why nothing is measured of a set. */
        public Builder notApplicable(MetricSet set, String reason) {
            reasonsBySet.put(set, reason);
            return this;
        }

        /** There is a baseline, with which the run cannot be compared. @param reason a clause of its own */
        public Builder incomparable(String reason) {
            incomparable = Optional.of(reason);
            return this;
        }

        public MeasurementTable build() {
            return new MeasurementTable(this);
        }
    }
}
