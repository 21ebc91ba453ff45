package org.gazecheck.nightly;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.compare.Composition;
import org.gazecheck.compare.RunComparison;
import org.gazecheck.compare.RunResults;
import org.gazecheck.gate.MeasurementTable;
import org.gazecheck.metric.Metric;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.NightRecord;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;

/** What is counted and timed in a night, for its gates. */
record NightCounts(MeasurementTable.Builder table) {
    void add(NightRecord night, RunResults model, Optional<RunComparison> models, double seconds) {
        for (Split split : List.of(Split.VAL, Split.TEST)) {
            count(
                    MetricSet.of(split),
                    MetricRegistry.IMAGES,
                    model.predictions().stream().filter(p -> p.split() == split).count());
        }
        count(MetricSet.NEW, MetricRegistry.IMAGES, night.images());
        count(MetricSet.NEW, MetricRegistry.UNLABELLED, night.images() - night.labelled());
        count(MetricSet.NEW, MetricRegistry.REFUSED, night.refused());
        count(MetricSet.NEW, MetricRegistry.DUPLICATES, night.duplicates());
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
        List<String> now = labels(comparison.later());
        return labels(comparison.reference()).stream()
                .filter(label -> !now.contains(label))
                .count();
    }

    private static List<String> labels(RunResults run) {
        return run.predictions().stream().map(Prediction::label).distinct().toList();
    }
}
