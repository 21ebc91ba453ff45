package org.gazecheck.nightly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.compare.Composition;
import org.gazecheck.compare.Measurement;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.compare.Measurement.NotApplicable;
import org.gazecheck.compare.Measurement.Test;
import org.gazecheck.compare.NewImages;
import org.gazecheck.compare.RunComparison;
import org.gazecheck.compare.RunResults;
import org.gazecheck.gate.BaselineComparison;
import org.gazecheck.gate.DriftTest;
import org.gazecheck.gate.MeasurementTable;
import org.gazecheck.gate.NightFinding;
import org.gazecheck.history.RecordedMetric;
import org.gazecheck.metric.Drift;
import org.gazecheck.metric.Metric;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Findings;
import org.gazecheck.results.NamedFile;
import org.gazecheck.results.NightRecord;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.results.Split;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.CriticalEffect;
import org.gazecheck.stats.Holm;
import org.jspecify.annotations.Nullable;

/** What was measured in a night, for its gates. */
final class NightMeasurements {
    private final MeasurementTable.Builder table = MeasurementTable.builder();
    private final Optional<NightRecord> night;

    private NightMeasurements(Optional<NightRecord> night) {
        this.night = night;
    }

    /**
     * @param beside tonight's model beside the baseline's
     * @param newImages beside those that the model was tested on; empty where none are new
     * @param night empty where a finished run is judged by itself, into which nothing arrives
     * @param verdict what the audit and the review come to; null where an earlier version audited the run
     * @param auditOfNew findings among new images; empty where there are none that could be looked at
     */
    static MeasurementTable.Builder of(
            List<RecordedMetric> metrics,
            RunResults model,
            NightComparisons.OfModel beside,
            Optional<RunComparison> newImages,
            Optional<NightRecord> night,
            Findings audit,
            @Nullable RunVerdict verdict,
            Optional<List<NightFinding>> auditOfNew,
            double seconds) {
        NightMeasurements all = new NightMeasurements(night);
        metrics.forEach(metric -> all.table.figure(metric.id(), metric.figure()));
        Optional<RunComparison> models = beside.comparison();
        models.ifPresent(all::models);
        if (beside instanceof NightComparisons.OfModel.None none) {
            all.noComparison(none);
        }
        all.withoutSplits(model);
        all.table.notApplicable(MetricSet.MITIGATION, "the run mends no other one");
        if (night.isEmpty()) {
            all.table
                    .notApplicable(MetricSet.NEW, "nothing arrives where a finished run is judged")
                    .notApplicable(MetricSet.NIGHT, "it is counted in nights only");
        }
        newImages.ifPresentOrElse(all::newImages, () -> all.table.notApplicable(MetricSet.NEW, "no images are new"));
        all.table.findings(findings(audit, models)).verdict(verdict);
        auditOfNew.ifPresentOrElse(
                findings -> {
                    all.table.findingsOfNewImages(findings);
                    all.count(MetricSet.NEW, MetricRegistry.NEW_FINDINGS, findings.size());
                },
                () -> all.table.withoutFindingsOfNewImages("no images are new"));
        all.counts(model, models, seconds);
        return all.table;
    }

    /** What a night counts. */
    static Map<MetricId, Integer> counts(NightRecord night) {
        Map<MetricId, Integer> counts = new LinkedHashMap<>();
        counts.put(MetricId.of(MetricSet.NEW, MetricRegistry.IMAGES), night.images());
        counts.put(MetricId.of(MetricSet.NEW, MetricRegistry.UNLABELLED), night.images() - night.labelled());
        counts.put(MetricId.of(MetricSet.NEW, MetricRegistry.REFUSED), night.refused());
        counts.put(MetricId.of(MetricSet.NEW, MetricRegistry.DUPLICATES), night.duplicates());
        counts.put(MetricId.of(MetricSet.NEW, MetricRegistry.IGNORED), night.ignored());
        counts.put(MetricId.of(MetricSet.NIGHT, MetricRegistry.EARLIER), night.earlier());
        counts.put(MetricId.of(MetricSet.NIGHT, MetricRegistry.UNDELIVERED), night.undelivered());
        return counts;
    }

    /** What only all new images together could show is not asked of a part of them. */
    private static boolean needsAll(MetricId id) {
        return id.equals(MetricId.of(MetricSet.NEW, MetricRegistry.IMAGES))
                || id.metric().drift().equals(Optional.of(Drift.CLASSES));
    }

    private boolean isPart() {
        return night.filter(record -> record.leftOut() > 0).isPresent();
    }

    private String partly() {
        NightRecord record = night.orElseThrow();
        return "it is asked of all new images, and there was time for " + record.images() + " of "
                + (record.images() + record.leftOut()) + " only";
    }

    private void noComparison(NightComparisons.OfModel.None none) {
        String reason = none.reason();
        if (none.incomparable()) {
            table.incomparable(reason);
        }
        table.notApplicable(MetricSet.TEST, reason)
                .notApplicable(MetricSet.VAL, reason)
                .notApplicable(MetricSet.MISSING, reason)
                .withoutNewFindings(reason);
    }

    private void withoutSplits(RunResults model) {
        for (Split split : List.of(Split.VAL, Split.TEST)) {
            if (model.predictions().stream().noneMatch(p -> p.split() == split)) {
                table.notApplicable(MetricSet.of(split), "the run has no image of " + split.text());
            }
        }
    }

    private void models(RunComparison comparison) {
        for (MetricSet set : List.of(MetricSet.VAL, MetricSet.TEST)) {
            boolean compared = comparison.measurements().anyMatch(m -> m.id().set() == set);
            table.notApplicable(
                    set,
                    comparison.sameModel()
                            ? "the model is that of the baseline"
                            : compared
                                    ? "of no class are so many images judged differently that a difference could be"
                                            + " found"
                                    : "none of the images of " + set.text() + " is one that the baseline has too");
        }
        reasons(comparison, false);
        if (comparison.findings().isEmpty()) {
            table.withoutNewFindings("the baseline, or this run, was not audited");
        }
        all(comparison, Measured.class, false).forEach(m -> table.comparison(m.id(), comparison(m)));
    }

    private void newImages(RunComparison comparison) {
        reasons(comparison, true);
        all(comparison, Measured.class, true).forEach(m -> {
            if (isPart() && needsAll(m.id())) {
                table.notApplicable(m.id(), partly());
                return;
            }
            if (m.id().metric().drift().isPresent()) {
                table.drift(drift(m));
            }
            if (m.id().isCompared() && !Double.isNaN(m.value())) {
                table.comparison(m.id(), comparison(m));
            }
        });
        if (comparison.newImages().images() < NewImages.LEAST) {
            table.notApplicable(
                    MetricId.of(MetricSet.NEW, MetricRegistry.DRIFT),
                    "fewer than " + NewImages.LEAST + " new images are not compared");
        }
        if (comparison.newImages().labelled() == 0) {
            table.notApplicable(MetricId.of(MetricSet.NEW, MetricRegistry.TOP1), "the new images have no labels");
        }
    }

    /** Why what could be compared is not. */
    private void reasons(RunComparison comparison, boolean ofNew) {
        all(comparison, NotApplicable.class, ofNew)
                .filter(m -> m.id().ofClass().isEmpty())
                .forEach(m -> table.notApplicable(m.id(), m.because()));
    }

    private static <T extends Measurement> Stream<T> all(RunComparison comparison, Class<T> kind, boolean ofNew) {
        return comparison
                .measurements()
                .filter(m -> m.id().set() == MetricSet.NEW == ofNew)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static DriftTest drift(Measured m) {
        return new DriftTest(
                m.id(),
                m.effect().size(),
                m.effect().interval().low(),
                m.effect().interval().high(),
                m.effect().name(),
                m.test() == Test.RANK_SUM
                        ? Optional.of(new Figure(
                                m.value(), m.spread().low(), m.spread().high(), m.images()))
                        : Optional.empty(),
                m.p(),
                m.test().leastP(),
                m.images(),
                m.test() == Test.RANK_SUM ? m.critical() : CriticalEffect.UNKNOWN);
    }

    private static BaselineComparison comparison(Measured m) {
        return new BaselineComparison(
                m.value(),
                m.reference(),
                new BaselineComparison.Effect(
                        m.effect().size(),
                        m.effect().interval().low(),
                        m.effect().interval().high(),
                        m.test() == Test.RANK_SUM),
                m.p(),
                m.test().leastP(),
                m.images(),
                m.critical());
    }

    /** New is what the baseline's audit does not have; without a baseline nothing is new. */
    private static List<NightFinding> findings(Findings audit, Optional<RunComparison> models) {
        return findings(
                audit,
                finding -> models.flatMap(RunComparison::findings)
                        .map(change -> change.appeared().stream().anyMatch(f -> f.id().equals(finding.id())))
                        .orElse(false),
                finding -> List.of());
    }

    /** Those of the audit of new images. @param named the images that each is about */
    static List<NightFinding> ofNewImages(Findings audit, Function<Finding, List<NamedFile>> named) {
        return findings(audit, finding -> true, named);
    }

    private static List<NightFinding> findings(
            Findings audit, Predicate<Finding> isNew, Function<Finding, List<NamedFile>> named) {
        double[] corrected =
                Holm.correct(audit.tests().stream().mapToDouble(TestedEffect::p).toArray());
        List<NightFinding> findings = new ArrayList<>();
        for (Finding finding : audit.findings()) {
            if (!finding.kind().subject().steady()) {
                continue;
            }
            OptionalDouble p = OptionalDouble.empty();
            for (int i = 0; i < corrected.length; i++) {
                TestedEffect test = audit.tests().get(i);
                if (test.kind() == finding.kind() && test.subject().equals(finding.subject())) {
                    p = OptionalDouble.of(p.isEmpty() ? corrected[i] : Math.min(p.getAsDouble(), corrected[i]));
                }
            }
            findings.add(new NightFinding(finding, isNew.test(finding), p, named.apply(finding)));
        }
        return findings;
    }

    /** What is counted and timed. */
    private void counts(RunResults model, Optional<RunComparison> models, double seconds) {
        for (Split split : List.of(Split.VAL, Split.TEST)) {
            count(
                    MetricSet.of(split),
                    MetricRegistry.IMAGES,
                    model.predictions().stream().filter(p -> p.split() == split).count());
        }
        night.map(NightMeasurements::counts).orElse(Map.of()).forEach((id, count) -> {
            if (isPart() && needsAll(id)) {
                table.notApplicable(id, partly());
            } else {
                table.count(id, count);
            }
        });
        count(MetricSet.NIGHT, MetricRegistry.SECONDS, seconds);
        models.ifPresent(comparison -> {
            count(
                    MetricSet.MISSING,
                    MetricRegistry.IMAGES,
                    comparison.composition().vanished().size() + unusable(comparison));
            count(MetricSet.MISSING, MetricRegistry.CLASSES, missingClasses(comparison));
        });
    }

    private void count(MetricSet set, Metric metric, double value) {
        table.count(MetricId.of(set, metric), value);
    }

    /** Images that are still there, and can be used no more. */
    private static long unusable(RunComparison comparison) {
        Set<String> lost = comparison.composition().lost().stream()
                .map(Composition.LeftOut::path)
                .collect(Collectors.toSet());
        return comparison.reference().dataset().stream()
                .filter(row -> row.usable() && lost.contains(row.path()))
                .count();
    }

    private static long missingClasses(RunComparison comparison) {
        Set<String> labels = labels(comparison.reference());
        labels.removeAll(labels(comparison.later()));
        return labels.size();
    }

    private static Set<String> labels(RunResults run) {
        return run.predictions().stream().map(Prediction::label).collect(Collectors.toSet());
    }
}
