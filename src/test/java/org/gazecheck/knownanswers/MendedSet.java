package org.gazecheck.knownanswers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Hashes;
import org.gazecheck.mitigate.Targets;
import org.gazecheck.pipeline.Pipeline;
import org.gazecheck.pipeline.Stage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;

/** Mends a run of the benchmark, and measures what came of it. */
record MendedSet(Path reference, Path work) {
    /** Whether there is nothing to mend in a run. */
    boolean nothing(Entry entry) throws IOException {
        try {
            Targets.of(run(entry), List.of(), false);
            return false;
        } catch (GazecheckException e) {
            if (e.kind() != FailureKind.USAGE) {
                throw e;
            }
            return true;
        }
    }

    /**
     * @param proven the set's ties that are to be told of
     * @param code what identifies the code that mends, and what it mends
     */
    List<MendedTie> ties(Entry entry, List<Row> proven, String code) throws IOException {
        long began = System.nanoTime();
        RunFolder mended = new RunFolder(work.resolve("mended").resolve(entry.name()));
        try (Pipeline pipeline = pipeline(entry, mended)) {
            pipeline.runTo(Stage.EVALUATE);
        }
        double seconds = (System.nanoTime() - began) * 1e-9;
        Stock stock = Stock.of(entry.recipe().base(), reference);
        List<Tie> ties = entry.recipe().ties().stream()
                .filter(tie -> proven.stream().anyMatch(row -> isOf(row, tie)))
                .toList();
        List<TrueEffect> before =
                TrueEffect.measured(ties, entry.recipe(), stock, run(entry).root());
        List<TrueEffect> after = TrueEffect.measured(ties, entry.recipe(), stock, mended.root());
        Map<String, Prediction> earlier = predictions(run(entry));
        Map<String, Prediction> later = predictions(mended);
        List<Picture> test = Deal.of(entry.recipe(), stock).pictures().stream()
                .filter(picture -> picture.path().startsWith("test/"))
                .toList();
        List<MendedTie> mendedTies = new ArrayList<>();
        for (int i = 0; i < ties.size(); i++) {
            Tie tie = ties.get(i);
            mendedTies.add(new MendedTie(
                    entry.name(),
                    tie.label(),
                    tie.property().text(),
                    entry.circumstances(),
                    before.get(i),
                    after.get(i),
                    answers(test, picture -> picture.carries(tie.property()), earlier, later),
                    answers(
                            test,
                            picture -> entry.recipe().ties().stream().noneMatch(any -> picture.carries(any.property())),
                            earlier,
                            later),
                    choice(mended),
                    seconds,
                    code));
        }
        return mendedTies;
    }

    private static boolean isOf(Row row, Tie tie) {
        return row.label().equals(tie.label())
                && row.property().equals(tie.property().text());
    }

    private Pipeline pipeline(Entry entry, RunFolder mended) throws IOException {
        RunFolder run = run(entry);
        String findings = Targets.of(run, List.of(), false).stream()
                .map(MendedSet::quoted)
                .collect(Collectors.joining(", ", "[", "]"));
        List<String> settings = List.of(
                "output.dir=" + mended.root(), "mitigation.run=" + run.root(), "mitigation.findings=" + findings);
        return Pipeline.open(ConfigurationReader.read(run.configuration(), settings), Progress.SILENT);
    }

    private static String quoted(Shortcut shortcut) {
        return '"' + Targets.id(shortcut) + '"';
    }

    private static Map<String, Prediction> predictions(RunFolder run) throws IOException {
        Map<String, Prediction> predictions = new HashMap<>();
        for (Prediction prediction : PredictionsFile.read(run.predictions())) {
            predictions.put(prediction.path(), prediction);
        }
        return predictions;
    }

    private static MendedTie.Answers answers(
            List<Picture> pictures,
            Predicate<Picture> which,
            Map<String, Prediction> earlier,
            Map<String, Prediction> later) {
        int n = 0;
        int right = 0;
        int lost = 0;
        int won = 0;
        for (Picture picture : pictures) {
            Prediction before = earlier.get(picture.path());
            Prediction after = later.get(picture.path());
            if (before == null || after == null) {
                throw new IllegalStateException("no prediction of " + picture.path());
            }
            if (which.test(picture)) {
                n++;
                right += before.correct() ? 1 : 0;
                lost += before.correct() && !after.correct() ? 1 : 0;
                won += !before.correct() && after.correct() ? 1 : 0;
            }
        }
        return new MendedTie.Answers(n, right, lost, won);
    }

    private static String choice(RunFolder mended) throws IOException {
        MitigationTraining training = MitigationFile.readTraining(mended.mitigationTraining());
        return String.format(
                Locale.ROOT, "%d at weight %s; L2 %.0e", training.counterfactuals(), training.weight(), training.l2());
    }

    /** Identifies what the set's audit says. */
    String audit(Entry entry) throws IOException {
        return Hashes.sha256(run(entry).interventions());
    }

    private RunFolder run(Entry entry) {
        return new RunFolder(work.resolve("runs").resolve(entry.name()));
    }
}
