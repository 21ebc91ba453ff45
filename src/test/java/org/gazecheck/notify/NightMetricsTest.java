package org.gazecheck.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.gazecheck.notify.NightMetrics.NamedFigure;
import org.gazecheck.results.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightMetricsTest {
    private static final Instant NIGHT = Instant.parse("2026-03-14T02:03:21.400Z");
    private static final Instant GOOD = Instant.parse("2026-03-13T02:03:00Z");
    private static final String HOSTILE = "a\"} 1\nfake{x=\"\\n\\\" } NaN é \uD800 ,=";

    @TempDir
    Path folder;

    @Test
    void everySampleIsReadBackByAStrictReader() throws Exception {
        Path file = folder.resolve("gazecheck.prom");
        night(HOSTILE, GOOD, figures()).write(file);
        Exposition read = Exposition.of(Files.readString(file));
        String name = HOSTILE.replace("\uD800", "?");
        assertEquals(1773453801, read.value("gazecheck_night_last_run_timestamp_seconds", Map.of("night", name)));
        assertEquals(1773367380, read.value("gazecheck_night_last_success_timestamp_seconds", Map.of("night", name)));
        assertEquals(3, read.value("gazecheck_night_exit_code", Map.of("night", name)));
        assertEquals(201.4, read.value("gazecheck_night_duration_seconds", Map.of("night", name)));
        assertEquals(1, read.value("gazecheck_night_outcome", Map.of("night", name, "outcome", "gate-failed")));
        assertEquals(0, read.value("gazecheck_night_outcome", Map.of("night", name, "outcome", "done")));
        assertEquals(1, read.value("gazecheck_gates", Map.of("night", name, "outcome", "failed")));
        Map<String, String> hostile = Map.of("night", name, "figure", "test.top1", "class", name);
        assertEquals(0.25, read.value("gazecheck_figure", hostile));
        assertEquals(8, read.value("gazecheck_figure_images", hostile));
        Map<String, String> all = Map.of("night", name, "figure", "test.logLoss", "class", "");
        assertEquals(1e-7, read.value("gazecheck_figure", all));
        assertEquals(2.5e20, read.value("gazecheck_figure_high", all));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing is left beside it");
        }
    }

    @Test
    void whatDoesNotExistHasNoSample() throws Exception {
        Exposition read = Exposition.of(night("n", null, figures()).text());
        Map<String, String> missing = Map.of("night", "n", "figure", "test.precision", "class", "rose");
        assertFalse(read.has("gazecheck_figure", missing));
        assertFalse(read.has("gazecheck_figure_low", missing));
        assertFalse(read.has("gazecheck_figure_low", Map.of("night", "n", "figure", "new.images", "class", "")));
        assertFalse(read.families.containsKey("gazecheck_night_last_success_timestamp_seconds"));
        Exposition crashed = Exposition.of(
                new NightMetrics("n", NIGHT, null, NightOutcome.FAILURE, 1, Double.NaN, List.of(), null).text());
        assertEquals(
                Set.of(
                        "gazecheck_night_last_run_timestamp_seconds",
                        "gazecheck_night_exit_code",
                        "gazecheck_night_outcome"),
                crashed.families.keySet());
    }

    @Test
    void aNightThatKnowsNothingElseKeepsTheLastSuccess() throws Exception {
        Path file = folder.resolve("gazecheck.prom");
        assertEquals(Optional.empty(), NightMetrics.lastSuccess(file));
        night(HOSTILE, null, List.of()).write(file);
        assertEquals(Optional.empty(), NightMetrics.lastSuccess(file));
        night(HOSTILE, GOOD, figures()).write(file);
        assertEquals(Optional.of(GOOD), NightMetrics.lastSuccess(file));
    }

    @Test
    void whatTheCollectorWouldRefuseIsRefusedHere() {
        assertThrows(IllegalArgumentException.class, () -> night("n", GOOD, List.of())
                .write(folder.resolve("gazecheck.txt")));
        NamedFigure figure = new NamedFigure("test.top1", null, new Figure(0.9, 0.8, 1, 9));
        assertThrows(IllegalArgumentException.class, () -> night("n", GOOD, List.of(figure, figure))
                .text());
    }

    private static NightMetrics night(String name, Instant success, List<NamedFigure> figures) {
        return new NightMetrics(
                name, NIGHT, success, NightOutcome.GATE_FAILED, 3, 201.4, figures, NightNoticeTest.verdict());
    }

    private static List<NamedFigure> figures() {
        return List.of(
                new NamedFigure("test.top1", null, new Figure(0.9, 0.8, 1, 9)),
                new NamedFigure("test.top1", HOSTILE, new Figure(0.25, 0, 1, 8)),
                new NamedFigure("test.logLoss", null, new Figure(1e-7, 0, 2.5e20, 9)),
                new NamedFigure("test.precision", "rose", new Figure(Double.NaN, Double.NaN, Double.NaN, 0)),
                new NamedFigure("new.images", null, new Figure(12, Double.NaN, Double.POSITIVE_INFINITY, 0)));
    }

    /** The text format 0.0.4 as Prometheus documents it, and what its parser refuses: read letter by letter. */
    private static final class Exposition {
        final Map<String, Map<Map<String, String>, Double>> families = new LinkedHashMap<>();
        private final Set<String> helped = new HashSet<>();
        private String line;
        private int at;

        static Exposition of(String text) {
            Exposition read = new Exposition();
            assertTrue(text.endsWith("\n"), "the last line ends");
            String family = null;
            for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
                if (line.startsWith("# HELP ")) {
                    String[] words = line.split(" ", 4);
                    assertTrue(read.helped.add(words[2]), "a family is told once: " + line);
                } else if (line.startsWith("# TYPE ")) {
                    String[] words = line.split(" ");
                    assertEquals(4, words.length, line);
                    assertEquals("gauge", words[3]);
                    family = words[2];
                    assertTrue(read.helped.contains(family), line);
                    assertFalse(read.families.containsKey(family), line);
                    read.families.put(family, new LinkedHashMap<>());
                } else {
                    read.sample(family, line);
                }
            }
            read.families.forEach((name, samples) -> assertFalse(samples.isEmpty(), name));
            return read;
        }

        private void sample(String family, String text) {
            line = text;
            at = 0;
            String name = name();
            assertEquals(family, name, "samples follow their family's type");
            Map<String, String> labels = new TreeMap<>();
            if (take('{')) {
                while (!take('}')) {
                    String label = name();
                    assertTrue(take('=') && take('"'), line);
                    assertEquals(null, labels.put(label, quoted()), "a label is there once");
                    assertTrue(take(',') || line.charAt(at) == '}', line);
                }
            }
            assertTrue(take(' '), line);
            String number = line.substring(at);
            assertTrue(number.matches("-?\\d+(\\.\\d+)?(E-?\\d+)?"), number);
            assertEquals(null, families.get(family).put(labels, Double.parseDouble(number)), "a sample is there once");
        }

        private String name() {
            int from = at;
            while (Character.isLetterOrDigit(line.charAt(at)) && line.charAt(at) < 128 || line.charAt(at) == '_') {
                at++;
            }
            String name = line.substring(from, at);
            assertTrue(name.matches("[a-zA-Z_][a-zA-Z0-9_]*"), line);
            return name;
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            while (true) {
                char c = line.charAt(at++);
                if (c == '"') {
                    return value.toString();
                }
                if (c == '\\') {
                    char escaped = line.charAt(at++);
                    assertTrue("\\\"n".indexOf(escaped) >= 0, line);
                    value.append(escaped == 'n' ? '\n' : escaped);
                } else {
                    value.append(c);
                }
            }
        }

        private boolean take(char c) {
            boolean there = at < line.length() && line.charAt(at) == c;
            at += there ? 1 : 0;
            return there;
        }

        boolean has(String family, Map<String, String> labels) {
            return families.containsKey(family) && families.get(family).containsKey(new TreeMap<>(labels));
        }

        double value(String family, Map<String, String> labels) {
            Double value = families.get(family).get(new TreeMap<>(labels));
            assertNotNull(
                    value, family + labels + " among " + families.get(family).keySet());
            return value;
        }
    }
}
