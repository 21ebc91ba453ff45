package org.gazecheck.nightly;

import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.gazecheck.ReferenceData;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.Listing;
import org.gazecheck.data.Sources;
import org.gazecheck.pipeline.Pipeline;
import org.gazecheck.pipeline.Stage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.GateFailure;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.Split;

/** Real flowers of twenty species, half of whose test images arrive night by night; models of them, and nights. */
final class FlowerNights {
    private static final int CLASSES = 20;
    private static final List<String> RULES = List.of(
            "test.top1 not worse than baseline",
            "new.top1 not worse than baseline",
            "new.drift is none",
            "findings.new.severity >= high is empty",
            "new.refused <= 0");

    private final Path work;
    private final Path data;
    private final TreeMap<String, List<Path>> later = new TreeMap<>();

    FlowerNights(Path work) throws Exception {
        this.work = work;
        this.data = flowers();
    }

    /** All that arrive, in random order. */
    List<Path> images(long seed) {
        List<Path> images =
                later.values().stream().flatMap(List::stream).collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(images, new Random(seed));
        return images;
    }

    static String label(Path file) {
        return file.getParent().getFileName().toString();
    }

    /** The label that comes after the right one. */
    String wrongLabel(Path file) {
        List<String> classes = List.copyOf(later.keySet());
        return classes.get((classes.indexOf(label(file)) + 1) % classes.size());
    }

    static void arrive(Path file, Path folder) throws IOException {
        Files.copy(file, Files.createDirectories(folder).resolve(file.getFileName()));
    }

    static void arriveDark(Path file, Path folder, float brightness) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        BufferedImage dark = new RescaleOp(brightness, 0, null).filter(image, null);
        Path written = Files.createDirectories(folder).resolve(file.getFileName() + ".png");
        ImageIO.write(dark, "png", written.toFile());
    }

    /** What was new among the failures of the gates that failed, by id. */
    static List<String> failures(Nightly.Night night) {
        return night.verdict().orElseThrow().gates().stream()
                .filter(gate -> gate.outcome() == GateOutcome.FAILED)
                .flatMap(gate -> gate.failures().stream())
                .map(GateFailure::id)
                .toList();
    }

    /** The sentences of the gates that failed. */
    static String failed(Nightly.Night night) {
        return night.verdict().orElseThrow().gates().stream()
                .filter(gate -> gate.outcome() == GateOutcome.FAILED)
                .map(GateResult::sentence)
                .collect(Collectors.joining(" "));
    }

    Nightly.Night night(Path run, Path incoming, Path nights) throws Exception {
        Path yaml = Files.writeString(
                work.resolve("nights.yaml"),
                "nightly: {run: " + run + ", incoming: " + incoming + ", keep: 3}\noutput: {dir: " + nights
                        + "}\ngates:\n  fail:\n"
                        + RULES.stream().map(rule -> "    - " + rule + "\n").collect(Collectors.joining()));
        return Nightly.run(
                ConfigurationReader.nightly(yaml, List.of()),
                Map.of(),
                Clock.systemUTC(),
                Progress.SILENT,
                NightlyTest.FAILURES);
    }

    Path model(String name, String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "name=" + name,
                "data.dir=" + data,
                "model.weights=" + ReferenceData.path("weights/resnet50.safetensors"),
                "train.views.crops=1",
                "audit.interventions=0",
                "audit.estimateMasks=false",
                "audit.trust.images=0",
                "output.dir=" + work.resolve(name),
                "cache.dir=" + work.resolve("cache")));
        all.addAll(List.of(settings));
        Configuration configuration = ConfigurationReader.read(Path.of("config/folder.yaml"), all);
        try (Pipeline pipeline = Pipeline.open(configuration, Progress.SILENT)) {
            pipeline.runTo(Stage.REPORT);
        }
        return configuration.output().dir();
    }

    /** The classes with the most images in test, half of which come later. */
    private Path flowers() throws Exception {
        Path all = ReferenceData.path("flowers102");
        Configuration configuration = ConfigurationReader.read(
                Path.of("config/flowers102.yaml"),
                List.of("data.dir=" + all, "data.allowMissing=[test]", "data.download=false"));
        Listing listing = Sources.read(configuration.data(), 1, false, Progress.SILENT);
        TreeMap<String, List<Listing.Entry>> byClass = new TreeMap<>();
        for (Listing.Entry entry : listing.entries()) {
            if (Files.exists(all.resolve(entry.path()))) {
                byClass.computeIfAbsent(entry.label(), label -> new ArrayList<>())
                        .add(entry);
            }
        }
        Path data = work.resolve("flowers");
        List<String> classes = byClass.keySet().stream()
                .sorted(Comparator.comparing((String name) -> -byClass.get(name).size())
                        .thenComparing(name -> name))
                .limit(CLASSES)
                .toList();
        for (String name : classes) {
            int tested = 0;
            for (Listing.Entry entry : byClass.get(name)) {
                Path file = all.resolve(entry.path());
                boolean comes = entry.split() == Split.TEST && tested++ % 2 == 1;
                Path folder = Files.createDirectories(
                        comes
                                ? work.resolve("later").resolve(name)
                                : data.resolve(entry.split().text()).resolve(name));
                Path copy = folder.resolve(file.getFileName().toString());
                Files.copy(file, copy);
                if (comes) {
                    later.computeIfAbsent(name, label -> new ArrayList<>()).add(copy);
                }
            }
        }
        return data;
    }
}
