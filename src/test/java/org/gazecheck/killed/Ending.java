package org.gazecheck.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder as it stands when all is done, but for what tells the time and for what depends on that. */
final class Ending {
    private static final Set<String> TELLING_TIME = Set.of(".lock", "gazecheck.log", ".notified");
    private static final Pattern RUN =
            Pattern.compile("\"(seconds|finished|inputs|Calibration|train\\.csv|index\\.html)\" *:");
    private static final Pattern NIGHT =
            Pattern.compile("\"(Configuration|arrivals\\.csv|config\\.yaml)\" *:|<dt>(Configuration|Started)<");
    private static final Pattern BINARY = Pattern.compile(".*\\.(npy|zip|onnx|png|jpg|bin)");
    private static final Pattern LEFT_BEHIND =
            Pattern.compile(".*\\.tmp|\\.assets\\..*|.*\\.damaged|\\..*\\.part|\\.gone-.*|\\.unfinished|.*-journal");

    private final Path folder;
    private final List<String> nights;

    /** @param nights the names of nights, in order, that say when these were; none for a run */
    Ending(Path folder, List<String> nights) {
        this.folder = folder;
        this.nights = nights;
    }

    /** Both must hold the same files with the same bytes. */
    void assertEqual(Ending actual) throws IOException {
        assertNotEquals(List.of(), files());
        assertEquals(files(), actual.files());
        for (String file : files()) {
            if (BINARY.matcher(file).matches()) {
                assertEquals(-1, Files.mismatch(folder.resolve(file), actual.folder.resolve(file)), file);
            } else {
                assertIterableEquals(
                        timeless(file),
                        actual.timeless(file),
                        actual.folder.resolve(file).toString());
            }
        }
    }

    /** Nothing in the folder may be half written or about to go. */
    static void assertNothingIsLeftBehind(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> LEFT_BEHIND
                                    .matcher(file.getFileName().toString())
                                    .matches())
                            .toList());
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && !TELLING_TIME.contains(file.getFileName().toString()))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private List<String> timeless(String file) throws IOException {
        Path path = folder.resolve(file);
        List<String> lines = Files.readAllLines(path, StandardCharsets.ISO_8859_1);
        List<String> kept =
                switch (path.getFileName().toString()) {
                    case "run.json" ->
                        lines.stream().filter(line -> !RUN.matcher(line).find()).toList();
                    case "train.csv" ->
                        lines.stream().map(Ending::withoutSeconds).toList();
                    case "index.html" -> withoutDurations(lines);
                    default -> lines;
                };
        return nights.isEmpty()
                ? kept
                : kept.stream()
                        .filter(line -> !NIGHT.matcher(line).find())
                        .map(line -> timeless(line, nights))
                        .toList();
    }

    /** A text in which nights are numbered and times are forgotten. */
    static String timeless(String text, List<String> nights) {
        String numbered = text;
        for (int i = 0; i < nights.size(); i++) {
            numbered = numbered.replace(nights.get(i), "NIGHT-" + (i + 1));
        }
        return numbered.replaceAll("20\\d\\d-\\d\\d-\\d\\d(T[\\d:.]*Z?| [\\d:]*)", "TIME");
    }

    private static String withoutSeconds(String row) {
        List<String> cells = new ArrayList<>(List.of(row.split(",", -1)));
        cells.remove(5);
        return String.join(",", cells);
    }

    private static List<String> withoutDurations(List<String> page) {
        List<String> kept = new ArrayList<>();
        boolean durations = false;
        for (String line : page) {
            durations |= line.contains("<h3>Durations");
            if (!durations && !line.contains("<dt>Speed of this machine<")) {
                kept.add(line);
            }
            durations &= !line.contains("</dl>");
        }
        return kept;
    }
}
