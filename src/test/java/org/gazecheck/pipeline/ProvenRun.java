package org.gazecheck.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.io.Folders;
import org.gazecheck.io.Hashes;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.RunManifest.StageState;
import org.gazecheck.results.Split;

/** A few small drawings, learned, and audited with one shortcut that is made to be called proven. */
public final class ProvenRun {
    /** Id of the shortcut's finding. */
    public static final String SHORTCUT = "background-shortcut:cornflower";

    private ProvenRun() {}

    /** Everything lies in {@code work}: flowers, the run, its cache. */
    public static RunFolder make(Path work) throws Exception {
        RunFolder run = run(work, "demo", Stage.REPORT);
        prove(run, "cornflower");
        return run;
    }

    /**
     * The same of flowers that are called otherwise.
     *
     * @param names of classes by those of the drawings
     * @param proven new name of the class whose shortcut is proven
     */
    public static RunFolder renamed(Path work, Map<String, String> names, String proven) throws Exception {
        Folders.delete(run(work, "demo", Stage.PREPARE).root());
        Path flowers = work.resolve("flowers");
        for (Path of : List.of(flowers, flowers.resolve("masks"))) {
            for (Split split : List.of(Split.TRAIN, Split.VAL, Split.TEST)) {
                Path folder = of.resolve(split.text());
                for (Map.Entry<String, String> name : names.entrySet()) {
                    if (Files.exists(folder.resolve(name.getKey()))) {
                        Files.move(folder.resolve(name.getKey()), folder.resolve(name.getValue()));
                    }
                }
            }
        }
        Path masks = work.resolve("masks");
        Files.move(flowers.resolve("masks"), masks);
        RunFolder run = run(work, "folder", Stage.REPORT);
        prove(run, proven);
        return run;
    }

    private static RunFolder run(Path work, String source, Stage last) throws Exception {
        Path yaml = Files.writeString(
                work.resolve("tiny.yaml"),
                """
                data: {source: demo, drawn: {train: 12, val: 6, test: 6, size: 64}}
                model: {architecture: demo, size: 64}
                train:
                  recipe: finetune
                  views: {crops: 0}
                  probe: {maxIterations: 20, l2: [1e-6]}
                  finetune: {from: all, views: 0, epochs: 2, batch: 12, warmup: 2}
                evaluate: {bootstrap: 100}
                audit: {trust: {images: 0}, dataQuality: 0}
                """);
        RunFolder run = new RunFolder(work.resolve("run"));
        List<String> settings = List.of(
                "data.source=" + source,
                "data.dir=" + work.resolve("flowers"),
                "data.masks=" + work.resolve(source.equals("demo") ? "flowers/masks" : "masks"),
                "output.dir=" + run.root(),
                "cache.dir=" + work.resolve("cache"));
        try (Pipeline pipeline = Pipeline.open(ConfigurationReader.read(yaml, settings), Progress.SILENT)) {
            pipeline.runTo(last);
        }
        return run;
    }

    /**
     * So few images prove nothing: the audit's file is changed, and what the run says of it.
     *
     * @param name of the class whose backgrounds are proven to be a shortcut
     */
    public static void prove(RunFolder run, String name) throws IOException {
        Interventions found = InterventionsFile.read(run.interventions());
        List<Shortcut> shortcuts = new ArrayList<>();
        for (Shortcut s : found.shortcuts()) {
            boolean target = s.reason().kind().id().equals("background-shortcut")
                    && s.name().equals(name);
            shortcuts.add(new Shortcut(
                    s.name(),
                    s.reason(),
                    s.detail(),
                    target ? Grade.PROVEN : null,
                    null,
                    s.share(),
                    s.expected(),
                    s.others(),
                    s.p(),
                    s.q(),
                    s.donors(),
                    s.controls(),
                    s.donorsOfOthers(),
                    s.attracts(),
                    s.needs(),
                    s.repairs(),
                    s.rescues(),
                    s.natural(),
                    s.examples()));
        }
        assertTrue(shortcuts.stream().anyMatch(s -> s.grade() != null), found.toString());
        InterventionsFile.write(
                run.interventions(),
                new Interventions(
                        found.schemaVersion(),
                        found.estimatedMasks(),
                        found.leftOut(),
                        found.scenes(),
                        found.conditions(),
                        found.gap(),
                        found.classes(),
                        shortcuts,
                        found.screened(),
                        found.notSought()));
        RunManifest manifest = ManifestFile.read(run.manifest());
        Map<String, StageState> stages = new LinkedHashMap<>(manifest.stages());
        StageState audit = stages.get("audit");
        Map<String, String> outputs = new LinkedHashMap<>(audit.outputs());
        outputs.put("interventions.json", Hashes.sha256(run.interventions()));
        stages.put("audit", new StageState(audit.state(), audit.inputs(), outputs, audit.seconds(), audit.finished()));
        ManifestFile.write(run.manifest(), manifest.withStages(stages));
    }
}
