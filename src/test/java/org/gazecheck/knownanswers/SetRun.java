package org.gazecheck.knownanswers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.io.Hashes;
import org.gazecheck.knownanswers.Recipe.Masks;
import org.gazecheck.pipeline.Pipeline;
import org.gazecheck.pipeline.Stage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.RunFolder;
import org.gazecheck.stats.Interval;

/**
 * One set of the benchmark: made, trained, evaluated and audited, and its true effects measured. All but the audit is kept in
 * the work folder and not done again.
 *
 * @param reference the folder of the reference data
 * @param work holds sets, runs and what was computed for them
 * @param audit what identifies the audit's code and what the set is made of
 */
record SetRun(Path reference, Path work, String audit) {
    private static final Interval NONE = new Interval(Double.NaN, Double.NaN);

    /** Trained, evaluated and measured only; what the audit would say is left open. */
    List<String> effects(Entry entry) throws IOException {
        Stock stock = stock(entry);
        try (Pipeline pipeline = pipeline(entry)) {
            pipeline.runTo(Stage.EVALUATE);
        }
        List<String> lines = new ArrayList<>();
        List<Tie> ties = ties(entry);
        List<TrueEffect> effects = effects(entry, ties, stock);
        for (int i = 0; i < ties.size(); i++) {
            TrueEffect effect = effects.get(i);
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %s: %d of %d with, %d without; %.1f points (%.1f to %.1f)",
                    entry.name(),
                    ties.get(i).text(),
                    effect.with(),
                    effect.pictures(),
                    effect.without(),
                    100 * effect.difference(),
                    100 * effect.interval().low(),
                    100 * effect.interval().high()));
        }
        return lines;
    }

    /** A row for each tie, and for each class without one. */
    List<Row> rows(Entry entry) throws IOException {
        long began = System.nanoTime();
        Stock stock = stock(entry);
        try (Pipeline pipeline = pipeline(entry)) {
            pipeline.runTo(Stage.EVALUATE);
            pipeline.redo(Stage.AUDIT);
        }
        Outcome outcome = Outcome.read(run(entry).root());
        List<Tie> ties = ties(entry);
        List<TrueEffect> effects = effects(entry, ties, stock);
        double seconds = (System.nanoTime() - began) * 1e-9;
        List<Row> rows = new ArrayList<>();
        for (String label : new TreeSet<>(stock.photographs().keySet())) {
            List<Row.Verdict> verdicts = outcome.verdicts(label);
            boolean tied = false;
            for (int i = 0; i < ties.size(); i++) {
                if (ties.get(i).label().equals(label)) {
                    tied = true;
                    rows.add(row(entry, ties.get(i), effects.get(i), outcome, seconds));
                }
            }
            if (!tied) {
                rows.add(new Row(
                        entry.name(),
                        label,
                        "",
                        0,
                        entry.circumstances(),
                        true,
                        Double.NaN,
                        NONE,
                        0,
                        "",
                        verdicts,
                        seconds,
                        audit));
            }
        }
        return rows;
    }

    private Row row(Entry entry, Tie tie, TrueEffect effect, Outcome outcome, double seconds) {
        return new Row(
                entry.name(),
                tie.label(),
                tie.property().text(),
                tie.share(),
                entry.circumstances(),
                entry.separable(tie),
                effect.difference(),
                effect.interval(),
                effect.pictures(),
                outcome.candidate(tie.label(), tie.property().artefact()),
                outcome.verdicts(tie.label()),
                seconds,
                audit);
    }

    private Stock stock(Entry entry) throws IOException {
        Stock stock = Stock.of(entry.recipe().base(), reference);
        set(entry).write(entry.recipe(), stock);
        return stock;
    }

    private Pipeline pipeline(Entry entry) throws IOException {
        List<String> settings = new ArrayList<>(List.of(
                "name=" + entry.name(),
                "data.dir=" + set(entry).folder(),
                "model.weights=" + reference.resolve("weights/resnet50.safetensors"),
                "train.views.crops=0",
                "audit.trust.images=0",
                "output.dir=" + run(entry).root(),
                "cache.dir=" + work.resolve("cache")));
        if (entry.recipe().masks().given()) {
            settings.add("data.masks=" + set(entry).masks());
        }
        if (entry.recipe().masks() == Masks.NONE) {
            settings.add("audit.estimateMasks=false");
        }
        return Pipeline.open(ConfigurationReader.read(Path.of("config/folder.yaml"), settings), Progress.SILENT);
    }

    private static List<Tie> ties(Entry entry) {
        return entry.recipe().ties().stream().filter(tie -> !tie.byLot()).toList();
    }

    /** Kept under what they depend on. */
    private List<TrueEffect> effects(Entry entry, List<Tie> ties, Stock stock) throws IOException {
        RunFolder run = run(entry);
        String key = Hashes.sha256(entry.recipe().text() + "\n" + Hashes.sha256(run.onnx()));
        Path kept = work.resolve("effects").resolve(key + ".txt");
        if (!Files.exists(kept)) {
            List<TrueEffect> effects = TrueEffect.measured(ties, entry.recipe(), stock, run.root());
            Files.createDirectories(kept.getParent());
            Files.write(kept, effects.stream().map(TrueEffect::text).toList());
        }
        return Files.readAllLines(kept).stream().map(TrueEffect::of).toList();
    }

    private KnownSet set(Entry entry) {
        return new KnownSet(work.resolve("sets").resolve(entry.name()));
    }

    private RunFolder run(Entry entry) {
        return new RunFolder(work.resolve("runs").resolve(entry.name()));
    }
}
