package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;

/**
 * A recorded run beside its reproduction.
 *
 * @param machine what is different about program and machine, one line each; empty: nothing
 * @param figures of {@code metrics.json}
 * @param differing the first stage of which an output differs, with that output; empty: all are equal
 */
public record Comparison(List<String> machine, List<ComparedFigure> figures, Optional<String> differing) {
    /** Facts that decide whether two runs must be equal bit for bit. */
    private static final List<String> MACHINE = List.of(
            "Gazecheck", "Engine", "Deeplearning4j", "DL4J", "Machine", "CPU", "Threads", Provenances.OMP_THREADS);

    public Comparison {
        machine = List.copyOf(machine);
        figures = List.copyOf(figures);
    }

    static Comparison of(RunFolder recorded, RunFolder fresh) throws IOException {
        RunManifest then = ManifestFile.read(recorded.manifest());
        RunManifest now = ManifestFile.read(fresh.manifest());
        List<String> machine = new ArrayList<>();
        for (String fact : MACHINE) {
            String old = then.facts().get(fact);
            if (old == null || !old.equals(now.facts().get(fact))) {
                machine.add(fact + ": " + Objects.requireNonNullElse(old, "not recorded") + ", here "
                        + now.facts().get(fact));
            }
        }
        return new Comparison(
                machine,
                ComparedFigure.all(
                        MetricsFile.read(recorded.metrics()), MetricsFile.read(fresh.metrics()), machine.isEmpty()),
                differing(recorded, then, fresh, now));
    }

    /** Same program, machine and threads: everything promised must be equal bit for bit. */
    public boolean sameMachine() {
        return machine.isEmpty();
    }

    /** Whether the reproduction is what was promised. */
    public boolean kept() {
        return figures.stream().allMatch(ComparedFigure::within) && (!sameMachine() || differing.isEmpty());
    }

    private static Optional<String> differing(RunFolder recorded, RunManifest then, RunFolder fresh, RunManifest now)
            throws IOException {
        for (Stage stage : Stage.values()) {
            Map<String, String> old = then.outputs(stage.text());
            Map<String, String> made = now.outputs(stage.text());
            TreeSet<String> names = new TreeSet<>(old.keySet());
            names.addAll(made.keySet());
            for (String name : names) {
                if (promised(name) && !content(recorded, name, old).equals(content(fresh, name, made))) {
                    return Optional.of(stage.text() + " (" + name + ")");
                }
            }
            if (stage == Stage.TRAIN
                    && !Objects.equals(then.facts().get("Model"), now.facts().get("Model"))) {
                return Optional.of(stage.text() + " (weights of model.zip)");
            }
        }
        return Optional.empty();
    }

    /** The archive states the run's own paths, {@code scoring.json} the archive's hash, and the page its times. */
    private static boolean promised(String name) {
        return !List.of("model.zip", "scoring.json", "index.html").contains(name);
    }

    /** A hash of what must be equal; of a file that is gone, what the manifest states. */
    private static String content(RunFolder folder, String name, Map<String, String> stated) throws IOException {
        Path file = folder.root().resolve(name);
        if (!Files.isRegularFile(file)) {
            return String.valueOf(stated.get(name));
        }
        return file.equals(folder.epochs()) ? Hashes.sha256(withoutSeconds(file)) : Hashes.sha256(file);
    }

    /** {@code train.csv} without its column {@code seconds}. */
    private static String withoutSeconds(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int column = List.of(lines.get(0).split(",", -1)).indexOf("seconds");
        return lines.stream()
                .map(line -> {
                    List<String> cells = new ArrayList<>(List.of(line.split(",", -1)));
                    if (column >= 0 && column < cells.size()) {
                        cells.remove(column);
                    }
                    return String.join(",", cells);
                })
                .collect(Collectors.joining("\n"));
    }
}
