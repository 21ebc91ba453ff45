package org.gazecheck.nightly;

import java.util.List;
import java.util.Optional;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.compare.Measurement.NotApplicable;
import org.gazecheck.compare.Measurement.Test;
import org.gazecheck.compare.NewImages;
import org.gazecheck.compare.RunComparison;
import org.gazecheck.compare.RunResults;
import org.gazecheck.gate.BaselineComparison;
import org.gazecheck.gate.DriftTest;
import org.gazecheck.gate.MeasurementTable;
import org.gazecheck.history.RecordedMetric;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.Findings;
import org.gazecheck.results.NightRecord;
import org.gazecheck.stats.CriticalEffect;

/** What was measured in a night, for its gates. */
final class NightMeasurements {
    private final MeasurementTable.Builder table = MeasurementTable.builder();

    private NightMeasurements() {}

    /**
     * @param beside tonight's model beside the baseline's
     * @param newImages beside those that the model was tested on; empty where none are new
     */
    static MeasurementTable of(
            List<RecordedMetric> metrics,
            RunResults model,
            ModelComparison beside,
            Optional<RunComparison> newImages,
            NightRecord night,
            Findings audit,
            double seconds) {
        NightMeasurements all = new NightMeasurements();
        metrics.forEach(metric -> all.table.figure(metric.id(), metric.figure()));
        Optional<RunComparison> models = beside.comparison();
        models.ifPresent(all::models);
        if (beside instanceof ModelComparison.None none) {
            all.noComparison(none);
        }
        newImages.ifPresentOrElse(all::newImages, () -> all.table.notApplicable(MetricSet.NEW, "no images are new"));
        all.table.findings(NightFindings.of(audit, models));
        new NightCounts(all.table).add(night, model, models, seconds);
        return all.table.build();
    }

    private void noComparison(ModelComparison.None none) {
        String reason = none.reason();
        if (none.incomparable()) {
            table.incomparable(reason);
        }
        table.notApplicable(MetricSet.TEST, reason)
                .notApplicable(MetricSet.VAL, reason)
                .notApplicable(MetricSet.MISSING, reason)
                .withoutNewFindings(reason);
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
        measured(comparison, false).forEach(m -> table.comparison(m.id(), comparison(m)));
    }

    private void newImages(RunComparison comparison) {
        reasons(comparison, true);
        for (Measured m : measured(comparison, true)) {
            if (m.id().metric().drift().isPresent()) {
                table.drift(drift(m));
            }
            if (m.id().isCompared() && !Double.isNaN(m.value())) {
                table.comparison(m.id(), comparison(m));
            }
        }
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
        comparison
                .measurements()
                .filter(NotApplicable.class::isInstance)
                .map(NotApplicable.class::cast)
                .filter(m -> m.id().ofClass().isEmpty())
                .filter(m -> m.id().set() == MetricSet.NEW == ofNew)
                .forEach(m -> table.notApplicable(m.id(), m.because()));
    }

    private static List<Measured> measured(RunComparison comparison, boolean ofNew) {
        return comparison
                .measurements()
                .filter(Measured.class::isInstance)
                .map(Measured.class::cast)
                .filter(m -> m.id().set() == MetricSet.NEW == ofNew)
                .toList();
    }

    private static DriftTest drift(Measured m) {
        return new DriftTest(
                m.id(),
                m.effect().size(),
                m.effect().name(),
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
}
