package org.gazecheck.nightly;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gazecheck.compare.Composition;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.compare.Measurement.NotApplicable;
import org.gazecheck.compare.Measurement.Test;
import org.gazecheck.compare.NewImages;
import org.gazecheck.compare.RunComparison;
import org.gazecheck.compare.RunResults;
import org.gazecheck.gate.BaselineComparison;
import org.gazecheck.gate.Catalogue;
import org.gazecheck.gate.DriftTest;
import org.gazecheck.gate.MeasurementTable;
import org.gazecheck.gate.NightFinding;
import org.gazecheck.history.RecordedMetric;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.NightRecord;
import org.gazecheck.results.Split;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.CriticalEffect;
import org.gazecheck.stats.Holm;

/** What was measured in a night, under the names of the gates' {@link Catalogue}. */
final class NightMeasurements {
    /** Its subjects carry numbers that change from audit to audit. */
    private static final FindingKind UNSTEADY = FindingKind.HEATMAP_CLUSTER;

    private static final Map<String, String> DRIFT = Map.ofEntries(
            Map.entry("confidence", "confidence"),
            Map.entry("attention.insideMask.lift", "attention"),
            Map.entry("attention.border", "attention"),
            Map.entry("attention.entropy", "attention"),
            Map.entry("brightness", "properties"),
            Map.entry("contrast", "properties"),
            Map.entry("sharpness", "properties"),
            Map.entry("saturation", "properties"),
            Map.entry("aspect", "properties"),
            Map.entry("pixels", "properties"),
            Map.entry("features", "features"),
            Map.entry("outlier", "features"),
            Map.entry("suspicion", "labels"),
            Map.entry("classes", "classes"),
            Map.entry("predictedClasses", "classes"));

    private static final Map<String, String> LOCALISATION = Map.of(
            "attention.insideMask.lift", "attention.all.insideMask.lift",
            "attention.border", "attention.all.border.share",
            "attention.entropy", "attention.all.entropy");

    private final MeasurementTable.Builder table = MeasurementTable.builder();
    private final Map<String, TreeMap<String, Figure>> figuresByClass = new TreeMap<>();
    private final Map<String, TreeMap<String, BaselineComparison>> comparisonsByClass = new TreeMap<>();

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
        metrics.forEach(all::figure);
        all.figuresByClass.forEach(all.table::figureByClass);
        Optional<RunComparison> models = beside.comparison();
        models.ifPresentOrElse(all::models, () -> all.noComparison(beside));
        newImages.ifPresentOrElse(all::newImages, () -> all.table.notApplicable(Split.NEW.text(), "no images are new"));
        all.comparisonsByClass.forEach(all.table::comparisonByClass);
        all.table.findings(findings(audit, models));
        all.counts(night, model, models, seconds);
        return all.table.build();
    }

    private void noComparison(ModelComparison beside) {
        String reason = beside.without();
        if (beside.incomparable()) {
            table.incomparable(reason);
        }
        table.notApplicable(Split.TEST.text(), reason)
                .notApplicable(Split.VAL.text(), reason)
                .notApplicable("attention", reason)
                .notApplicable("missing", reason)
                .notApplicable("findings.new", reason);
    }

    private void figure(RecordedMetric metric) {
        Figure figure = new Figure(metric.value(), metric.low(), metric.high(), metric.n());
        String name = catalogued(metric.split(), metric.name());
        if (Catalogue.of(name).isEmpty()) {
            return;
        }
        if (metric.ofClass().isEmpty()) {
            table.figure(name, figure);
        } else {
            figuresByClass
                    .computeIfAbsent(name, n -> new TreeMap<>())
                    .put(metric.ofClass().get(), figure);
        }
    }

    /** Rules leave the split out where they speak of localisation on test; a class's recall is its top-1. */
    private static String catalogued(String split, String name) {
        if (name.startsWith("attention.") && split.equals(Split.TEST.text())) {
            return name;
        }
        return split + "." + (name.equals("recall") ? "top1" : name);
    }

    private void models(RunComparison comparison) {
        for (Split split : List.of(Split.VAL, Split.TEST)) {
            boolean compared =
                    comparison.measurements().anyMatch(m -> m.measure().name().startsWith(split.text() + "."));
            table.notApplicable(
                    split.text(),
                    comparison.sameModel()
                            ? "the model is that of the baseline"
                            : compared
                                    ? "of no class are so many images judged differently that a difference could be"
                                            + " found"
                                    : "none of the images of " + split.text() + " is one that the baseline has too");
        }
        reasons(comparison, false);
        if (comparison.findings().isEmpty()) {
            table.notApplicable("findings.new", "the baseline, or this run, was not audited");
        }
        for (Measured m : measured(comparison)) {
            String full = m.measure().name();
            int dot = full.indexOf('.');
            String split = full.substring(0, dot);
            String rest = full.substring(dot + 1);
            if (split.equals(Split.NEW.text())) {
                continue;
            }
            String name = catalogued(split, LOCALISATION.getOrDefault(rest, rest));
            if (Catalogue.of(name).isEmpty()) {
                continue;
            }
            if (m.measure().ofClass().isEmpty()) {
                table.comparison(name, comparison(m));
            } else {
                comparisonsByClass
                        .computeIfAbsent(name, n -> new TreeMap<>())
                        .put(m.measure().ofClass().get(), comparison(m));
            }
        }
    }

    /** Why what could be compared is not. */
    private void reasons(RunComparison comparison, boolean ofNew) {
        comparison
                .measurements()
                .filter(NotApplicable.class::isInstance)
                .map(NotApplicable.class::cast)
                .filter(m -> m.measure().ofClass().isEmpty())
                .filter(m -> m.measure().name().startsWith(Split.NEW.text() + ".") == ofNew)
                .forEach(m -> {
                    String full = m.measure().name();
                    int dot = full.indexOf('.');
                    String rest = full.substring(dot + 1);
                    table.notApplicable(
                            catalogued(full.substring(0, dot), LOCALISATION.getOrDefault(rest, rest)), m.because());
                });
    }

    private void newImages(RunComparison comparison) {
        reasons(comparison, true);
        String prefix = Split.NEW.text() + ".";
        for (Measured m : measured(comparison)) {
            if (!m.measure().name().startsWith(prefix)) {
                continue;
            }
            String rest = m.measure().name().substring(prefix.length());
            if (DRIFT.containsKey(rest)) {
                table.drift(new DriftTest(
                        "new.drift." + DRIFT.get(rest),
                        m.measure().words(),
                        m.effect().size(),
                        m.effect().name(),
                        m.p(),
                        m.test().leastP(),
                        m.images(),
                        m.test() == Test.RANK_SUM ? m.critical() : CriticalEffect.UNKNOWN));
            }
            String name = catalogued(Split.NEW.text(), LOCALISATION.getOrDefault(rest, rest));
            if (Catalogue.of(name).isEmpty() || Double.isNaN(m.value())) {
                continue;
            }
            if (m.measure().ofClass().isEmpty()) {
                table.comparison(name, comparison(m));
            } else {
                comparisonsByClass
                        .computeIfAbsent(name, n -> new TreeMap<>())
                        .put(m.measure().ofClass().get(), comparison(m));
            }
        }
        if (comparison.newImages().images() < NewImages.LEAST) {
            table.notApplicable("new.drift", "fewer than " + NewImages.LEAST + " new images are not compared");
        }
        if (comparison.newImages().labelled() == 0) {
            table.notApplicable("new.top1", "the new images have no labels");
        }
    }

    private static List<Measured> measured(RunComparison comparison) {
        return comparison
                .measurements()
                .filter(Measured.class::isInstance)
                .map(Measured.class::cast)
                .toList();
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
        double[] corrected =
                Holm.correct(audit.tests().stream().mapToDouble(TestedEffect::p).toArray());
        List<NightFinding> findings = new ArrayList<>();
        for (Finding finding : audit.findings()) {
            if (finding.is(UNSTEADY)) {
                continue;
            }
            OptionalDouble p = OptionalDouble.empty();
            for (int i = 0; i < corrected.length; i++) {
                TestedEffect test = audit.tests().get(i);
                if (test.kind() == finding.kind() && test.subject().equals(finding.subject())) {
                    p = OptionalDouble.of(p.isEmpty() ? corrected[i] : Math.min(p.getAsDouble(), corrected[i]));
                }
            }
            boolean isNew = models.flatMap(RunComparison::findings)
                    .map(change -> change.appeared().stream().anyMatch(f -> f.id().equals(finding.id())))
                    .orElse(false);
            findings.add(new NightFinding(finding, isNew, p));
        }
        return findings;
    }

    private void counts(NightRecord night, RunResults model, Optional<RunComparison> models, double seconds) {
        for (Split split : List.of(Split.VAL, Split.TEST)) {
            table.count(
                    split.text() + ".images",
                    model.predictions().stream().filter(p -> p.split() == split).count());
        }
        table.count("new.images", night.images())
                .count("new.unlabelled", night.images() - night.labelled())
                .count("new.refused", night.refused())
                .count("new.duplicates", night.duplicates())
                .count("night.seconds", seconds);
        models.ifPresent(comparison -> {
            table.count("missing.images", comparison.composition().vanished().size() + unusable(comparison));
            table.count("missing.classes", missingClasses(comparison));
        });
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
        List<String> now = comparison.later().predictions().stream()
                .map(p -> p.label())
                .distinct()
                .toList();
        return comparison.reference().predictions().stream()
                .map(p -> p.label())
                .distinct()
                .filter(label -> !now.contains(label))
                .count();
    }
}
