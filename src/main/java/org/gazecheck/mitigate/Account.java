package org.gazecheck.mitigate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.intervention.Edit;
import org.gazecheck.audit.intervention.ShortcutImages;
import org.gazecheck.compare.FindingsChange;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.data.ImageGroups;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.Mitigation.CalibrationChange;
import org.gazecheck.results.Mitigation.Change;
import org.gazecheck.results.Mitigation.Extreme;
import org.gazecheck.results.Mitigation.FindingChange;
import org.gazecheck.results.Mitigation.GroupsChange;
import org.gazecheck.results.Mitigation.ShortcutChange;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.results.MitigationTraining.Target;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.PairedDifferences;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.SignedRank;
import org.jspecify.annotations.Nullable;

/** Sets a mended and audited run beside the one that it mends. */
final class Account {
    private static final int RESAMPLES = 500;
    private static final double LEAST = 1e-12;

    private final MitigationTraining training;
    private final AuditInputs before;
    private final AuditInputs after;

    Account(MitigationTraining training, AuditInputs before, AuditInputs after) {
        this.training = training;
        this.before = before;
        this.after = after;
    }

    /**
     * @param images of the shortcuts that were mended, in their order
     * @param findings of the mended run
     */
    Mitigation ofShortcuts(ShortcutImages images, Findings findings) throws IOException {
        PairedPredictions paired = paired();
        Set<String> mended = new HashSet<>();
        training.shortcuts().forEach(target -> mended.add(target.name()));
        Set<String> without = images.without();
        List<Change> accuracy = List.of(
                paired.change("all images", p -> true),
                paired.change("classes that no mended shortcut is of", p -> !mended.contains(p.label())),
                paired.change("images that carry none of the mended shortcuts", p -> without.contains(p.path())));
        List<Change> classes = classes(paired);
        List<ShortcutChange> shortcuts = shortcuts(images);
        Verdict verdict = Verdict.of(accuracy.get(0), classes, shortcuts, advice());
        return of(paired, accuracy, classes, shortcuts, null, findings, verdict);
    }

    /** @param findings of the mended run */
    Mitigation ofGroups(ImageGroups groups, Findings findings) throws IOException {
        PairedPredictions paired = paired();
        List<Change> accuracy = List.of(paired.change("all images", p -> true));
        List<Change> classes = classes(paired);
        Optional<GroupsChange> change =
                GroupAccount.of(paired, groups, after.dataset().classes());
        Verdict verdict = Verdict.ofGroups(accuracy.get(0), classes, change, paired.split());
        return of(paired, accuracy, classes, List.of(), change.orElse(null), findings, verdict);
    }

    private PairedPredictions paired() throws IOException {
        return PairedPredictions.of(
                PredictionsFile.read(before.folder().predictions()),
                PredictionsFile.read(after.folder().predictions()));
    }

    private List<Change> classes(PairedPredictions paired) {
        return after.dataset().classes().stream()
                .map(name -> paired.change(name, p -> p.label().equals(name)))
                .filter(change -> change.after().n() > 0)
                .toList();
    }

    private Mitigation of(
            PairedPredictions paired,
            List<Change> accuracy,
            List<Change> classes,
            List<ShortcutChange> shortcuts,
            @Nullable GroupsChange groups,
            Findings findings,
            Verdict verdict)
            throws IOException {
        return new Mitigation(
                Mitigation.SCHEMA_VERSION,
                training,
                paired.split(),
                accuracy,
                classes,
                worst(classes, Change::before),
                worst(classes, Change::after),
                calibration(paired),
                shortcuts,
                groups,
                findings(findings),
                verdict.recommended(),
                verdict.reasons());
    }

    /** A network that was trained on tied images may have lost the feature that a head would need. */
    private Optional<String> advice() {
        boolean more = training.method() == MitigationTraining.Method.HEAD
                && before.configuration().train().recipe() == TrainSettings.Recipe.FINETUNE;
        return more
                ? Optional.of(
                        "Only the head was trained again, on features that may not tell enough: --train trains again all"
                                + " that the run's recipe trains.")
                : Optional.empty();
    }

    private List<ShortcutChange> shortcuts(ShortcutImages images) throws IOException {
        List<ShortcutChange> changes = new ArrayList<>();
        for (int s = 0; s < training.shortcuts().size(); s++) {
            Target target = training.shortcuts().get(s);
            changes.add(new ShortcutChange(
                    target.name(),
                    target.reason(),
                    target.detail(),
                    images.change(s, Edit.PUT_ON, after).orElse(null),
                    images.change(s, Edit.TAKEN_OFF, after).orElse(null)));
        }
        return changes;
    }

    private static Extreme worst(List<Change> classes, Function<Change, Figure> figure) {
        Change worst = classes.stream()
                .min(Comparator.comparingDouble(change -> figure.apply(change).value()))
                .orElseThrow();
        return new Extreme(worst.name(), figure.apply(worst));
    }

    private CalibrationChange calibration(PairedPredictions paired) throws IOException {
        double[] differences = paired.pairs().stream()
                .mapToDouble(
                        pair -> loss(pair.after().pLabel()) - loss(pair.before().pLabel()))
                .toArray();
        PairedDifferences change = new PairedDifferences(differences);
        Interval interval =
                change.interval(new Bootstrap(RESAMPLES, after.randomness(), Purpose.COMPARED_PAIRS.about("log loss")));
        return new CalibrationChange(
                ece(before.folder(), paired.split()),
                ece(after.folder(), paired.split()),
                new Figure(change.mean(), interval.low(), interval.high(), differences.length),
                SignedRank.of(differences).p());
    }

    private static double loss(double probability) {
        return -Math.log(Math.max(LEAST, probability));
    }

    private static Figure ece(RunFolder run, Split split) throws IOException {
        return MetricsFile.read(run.metrics()).of(split).orElseThrow().ece();
    }

    /** What came, went or changed, the new ones first. */
    private List<FindingChange> findings(Findings later) throws IOException {
        FindingsChange change =
                FindingsChange.of(FindingsFile.read(before.folder().findings()).findings(), later.findings());
        List<FindingChange> changes = new ArrayList<>();
        change.appeared().forEach(f -> changes.add(new FindingChange(f.id(), null, f.severity(), f.text())));
        change.persisting().stream()
                .filter(f -> f.before().severity() != f.now().severity())
                .forEach(f -> changes.add(new FindingChange(
                        f.now().id(),
                        f.before().severity(),
                        f.now().severity(),
                        f.now().text())));
        change.gone().forEach(f -> changes.add(new FindingChange(f.id(), f.severity(), null, f.text())));
        return changes;
    }
}
