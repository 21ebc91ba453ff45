package org.gazecheck.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.HistoryText;
import org.gazecheck.io.Folders;

/**
 * Nights over the demo made small, of some seconds each: the model is trained (1); images arrive with labels (2, 5, 6,
 * 10), without them (3, 8), with duplicates and with one that is broken (5); nothing arrives (4); a rule changes (6); labels
 * are wrong (7); the model is another one (9), and is rolled back (10).
 */
final class SmallNights {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DRAWN = 66;
    private static final int ARRIVING = 6;

    private final Path folder;
    private final Path work;

    SmallNights(Path folder) {
        this.folder = folder;
        this.work = folder.resolve("work");
    }

    /** The folder of nights. */
    Path nights() {
        return work.resolve("nights");
    }

    /** Draws what arrives. */
    void draw() throws Exception {
        Command prepare = Command.startSmall(
                folder.resolve("output.txt"),
                List.of(
                        "prepare",
                        "config/demo.yaml",
                        "--set=seed=9",
                        "--set=data.dir=" + folder.resolve("later"),
                        "--set=data.masks=null",
                        "--set=data.drawn.train=1",
                        "--set=data.drawn.val=1",
                        "--set=data.drawn.test=" + DRAWN,
                        "--set=data.drawn.size=64",
                        "--set=output.dir=" + folder.resolve("later-run"),
                        "--set=cache.dir=" + folder.resolve("later-cache")));
        try (prepare) {
            assertEquals(0, prepare.end(), prepare.said());
        }
    }

    /** Begins with nothing. */
    void begin() throws IOException {
        Folders.delete(work);
        Files.createDirectories(nights());
        Files.createDirectories(work.resolve("incoming"));
        model("model", "1e-6");
        model("other", "1e-2");
    }

    private void model(String name, String l2) throws IOException {
        String yaml =
                """
                name: NAME
                data: {source: demo, dir: WORK/data, masks: WORK/data/masks, drawn: {train: 20, val: 6, test: 10, size: 64}}
                model: {architecture: demo, size: 64}
                train:
                  recipe: probe
                  views: {crops: 0, minScale: 0.6, hue: 0.02}
                  probe: {maxIterations: 40, l2: [L2]}
                audit: {trust: {images: 0}}
                compute: {threads: 1}
                output: {dir: WORK/NAME}
                cache: {dir: WORK/cache}
                """;
        Files.writeString(
                work.resolve(name + ".yaml"),
                yaml.replace("NAME", name).replace("L2", l2).replace("WORK", work.toString()));
    }

    /** What is set, and what arrives, before a night. */
    void prepare(int night) throws IOException {
        String yaml =
                """
                name: kills
                nightly: {run: WORK/RUN.yaml, incoming: WORK/incoming, keep: 100}
                output: {dir: WORK/nights}
                gates:
                  fail:
                    - test.top1 not worse than baseline
                    - new.top1 not worse than baseline
                    - new.drift is none
                    - new.refused <= REFUSED
                """;
        Files.writeString(
                work.resolve("nights.yaml"),
                yaml.replace("RUN", night == 9 ? "other" : "model")
                        .replace("REFUSED", night < 6 ? "3" : "2")
                        .replace("WORK", work.toString()));
        List<String> classes = classes();
        Path day = work.resolve("incoming/day-" + night);
        for (int i = 0; i < classes.size(); i++) {
            String name = classes.get(i);
            switch (night) {
                case 2, 5, 6, 10 -> arrive(night, name, day.resolve(name), "");
                case 3, 8 -> arrive(night, name, day, name + "-");
                case 7 -> arrive(night, name, day.resolve(classes.get((i + 1) % classes.size())), name + "-");
                default -> {}
            }
        }
        if (night == 5) {
            Path again = Files.createDirectories(day.resolve("again"));
            for (int i = 0; i < ARRIVING; i++) {
                Files.copy(drawing(2, classes.get(0), i), again.resolve("2" + i + ".png"));
            }
            Files.writeString(day.resolve(classes.get(1)).resolve("broken.png"), "this is no photograph\n");
        }
    }

    private List<String> classes() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("later/test"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void arrive(int night, String name, Path day, String prefix) throws IOException {
        Files.createDirectories(day);
        for (int i = 0; i < ARRIVING; i++) {
            Files.copy(drawing(night, name, i), day.resolve(prefix + night + i + ".png"));
        }
    }

    /** No other night gets it. */
    private Path drawing(int night, String name, int i) {
        return folder.resolve("later/test").resolve(name).resolve(String.format("%03d.png", night * ARRIVING + i));
    }

    Command start() throws IOException {
        return Command.startSmall(
                folder.resolve("output.txt"),
                List.of("nightly", work.resolve("nights.yaml").toString()));
    }

    /** Identifiers of the nights in a folder, the oldest first. */
    static List<String> ids(Path nights) throws IOException {
        try (Stream<Path> files = Files.list(nights)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("2.*Z-.*"))
                    .sorted()
                    .toList();
        }
    }

    /** Both must hold the same nights and models, everybody notified, and their histories must say the same. */
    static void assertEqual(Path expected, Path actual) throws IOException {
        List<String> ids = ids(expected);
        List<String> actualIds = ids(actual);
        assertEquals(ids.size(), actualIds.size(), actualIds.toString());
        for (int i = 0; i < ids.size(); i++) {
            Path night = actual.resolve(actualIds.get(i));
            assertTrue(Files.exists(night.resolve(".notified")), "nobody was notified of the night " + night);
            new Ending(expected.resolve(ids.get(i)), ids).assertEqual(new Ending(night, actualIds));
        }
        new Ending(expected.resolve("models"), ids).assertEqual(new Ending(actual.resolve("models"), actualIds));
        assertEquals(history(expected, ids), history(actual, actualIds));
    }

    /** The baseline, and what is kept of whole nights, without durations; that nothing was new may be told more often. */
    private static List<String> history(Path nights, List<String> ids) throws IOException {
        StringWriter text = new StringWriter();
        HistoryText.json(text, HistoryFile.of(nights).read());
        JsonNode history = JSON.readTree(text.toString());
        List<String> kept = new ArrayList<>();
        kept.add(history.get("baseline").toString());
        for (JsonNode run : history.get("runs")) {
            if (run.path("folder").isTextual()) {
                ((ObjectNode) run).remove("seconds");
                kept.add(run.toPrettyString());
            }
        }
        return kept.stream().map(run -> Ending.timeless(run, ids)).toList();
    }
}
