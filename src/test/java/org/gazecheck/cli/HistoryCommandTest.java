package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.opencsv.CSVReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.DrawnRun;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.RunManifest.StageState;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code history}, {@code baseline}, {@code compare} and {@code ack}. */
class HistoryCommandTest {
    @TempDir
    private Path reports;

    private Path first;
    private Path second;

    private record Outcome(int code, String out, String err) {}

    private static Outcome execute(Object... args) {
        List<String> line = new ArrayList<>();
        for (Object arg : args) {
            line.add(arg.toString());
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    @BeforeEach
    void makeRuns() throws IOException {
        DrawnRun run = new DrawnRun().draw(Split.TEST, "test", 120, 1);
        run.name = "=cmd";
        run.findings.add(new Finding(FindingKind.SCENE_CORRELATION, "rose", DrawnRun.statement(Finding.Severity.HIGH)));
        first = run.write(reports.resolve("first"));
        run.finished = "2026-11-26T21:56:25Z";
        run.draw(Split.TEST, "new", 30, 2);
        second = run.write(reports.resolve("second"));
    }

    /** Such as a folder that was copied while its run was under way, or in which somebody changed a figure. */
    @ParameterizedTest
    @ValueSource(strings = {"metrics.json", "predictions.csv", "findings.json", "localisation.csv"})
    void filesThatAreNotWhatTheRunWroteAreNeitherComparedNorJudgedNorKept(String name) throws IOException {
        Path changed = second.resolve(name);
        ManifestFile.write(second.resolve("run.json"), withOutput(second, name));
        Files.writeString(changed, Files.readString(changed) + " ");
        Path rules = Files.writeString(
                reports.resolve("rules.yaml"),
                "nightly: {run: %s}\noutput: {dir: %s}\ngates: {fail: ['test.top1 >= 0.01']}\n"
                        .formatted(second, reports.resolve("nights")));
        List<Outcome> outcomes = List.of(
                execute("compare", first, second),
                execute("compare", second, first),
                execute("history", "add", second, "--reports", reports),
                execute("gate", second, "--config", rules));
        for (Outcome outcome : outcomes) {
            assertEquals(4, outcome.code(), outcome.toString());
            assertTrue(outcome.err().contains(name + " is missing, or not what the run's stages wrote"), outcome.err());
        }
        assertFalse(Files.exists(second.resolve("gates.json")));
    }

    @Test
    void gatesWriteIntoNoFolderWithLinks() throws IOException {
        Files.createSymbolicLink(second.resolve("link"), Files.writeString(reports.resolve("secret"), "x"));
        Path rules = Files.writeString(
                reports.resolve("rules.yaml"),
                "nightly: {run: %s}\noutput: {dir: %s}\ngates: {fail: ['test.top1 >= 0.01']}\n"
                        .formatted(second, reports.resolve("nights")));

        Outcome judged = execute("gate", second, "--config", rules);

        assertEquals(4, judged.code(), judged.toString());
        assertFalse(Files.exists(second.resolve("gates.json")));
    }

    @Test
    void whatNothingWasMeasuredOfIsNotApplicableToAFinishedRun() throws IOException {
        Path rules = Files.writeString(
                reports.resolve("rules.yaml"),
                "nightly: {run: %s, incoming: %s}\noutput: {dir: %s}\ngates: {fail: ['new.refused <= 0', 'night.undelivered <= 0']}\n"
                        .formatted(
                                second,
                                Files.createDirectories(reports.resolve("incoming")),
                                reports.resolve("nights")));

        Outcome judged = execute("gate", second, "--config", rules);

        assertEquals(0, judged.code(), judged.toString());
        assertTrue(judged.out().contains("no images are new"), judged.out());
        assertTrue(judged.out().contains("it is counted in nights only"), judged.out());
    }

    private static RunManifest withOutput(Path run, String name) throws IOException {
        RunManifest manifest = ManifestFile.read(run.resolve("run.json"));
        Map<String, StageState> stages = new LinkedHashMap<>(manifest.stages());
        StageState audit = stages.get("audit");
        stages.put(
                "audit",
                new StageState(
                        audit.state(),
                        audit.inputs(),
                        Map.of(name, Hashes.sha256(run.resolve(name))),
                        audit.seconds(),
                        audit.finished()));
        return manifest.withStages(stages);
    }

    @Test
    void runsAreAddedOnceAndListedTheNewestFirst() {
        Outcome added = execute("history", "add", first);
        assertEquals(0, added.code(), added.err());
        assertTrue(added.out().startsWith("added: 20261125T215625Z-"), added.out());
        assertTrue(execute("history", "add", first).out().startsWith("there already: "), "once");
        execute("history", "--reports", reports, "add", second);
        assertTrue(Files.isRegularFile(reports.resolve("index.html")));

        List<String> lines =
                execute("history", "--reports", reports).out().lines().toList();
        assertEquals(5, lines.size(), lines.toString());
        assertTrue(lines.get(1).startsWith("2026-11-26 21:56 finished"), lines.get(1));
        assertTrue(lines.get(1).endsWith("1 of 1    =cmd in second"), lines.get(1));
        assertTrue(lines.get(2).endsWith("=cmd in first"), lines.get(2));
        assertEquals("no baseline: none is set, and of no run gates passed", lines.get(4));
    }

    @Test
    void theTableForOtherProgramsHasEveryFigureAndNoFormula() throws Exception {
        execute("history", "add", first);
        String text =
                execute("history", "--reports", reports, "--format", "csv").out();
        List<String[]> lines = new CSVReader(new StringReader(text)).readAll();
        assertEquals(2, lines.size());
        List<String> header = List.of(lines.get(0));
        assertEquals("'=cmd", lines.get(1)[header.indexOf("name")]);
        assertEquals("false", lines.get(1)[header.indexOf("baseline")], "no gate judged it");
        double top1 = Double.parseDouble(lines.get(1)[header.indexOf("test.top1")]);
        assertTrue(Double.parseDouble(lines.get(1)[header.indexOf("test.top1_low")]) < top1);
        assertTrue(header.contains("test.localisation.mass_lift.correct"), header.toString());
    }

    @Test
    void jsonHasEverything() throws Exception {
        execute("history", "add", first);
        JsonNode root = new ObjectMapper()
                .readTree(execute("history", "--reports", reports, "--format", "json")
                        .out());
        JsonNode run = root.get("runs").get(0);
        assertTrue(root.get("baseline").isNull(), "no gate judged it");
        assertFalse(root.get("baselineChosen").asBoolean());
        assertEquals(
                "scene-correlation:rose", run.get("findings").get(0).get("id").asText());
        assertTrue(run.get("metrics").findValuesAsText("class").contains("rose"));
        assertEquals(60, run.get("seconds").get("train").asDouble());
    }

    @Test
    void aComparisonIsAPageToo() throws IOException {
        Path page = reports.resolve("changes.html");
        Outcome outcome = execute("compare", first, second, "--html", page);
        assertEquals(0, outcome.code(), outcome.err());
        String html = Files.readString(page);
        assertTrue(html.contains("120 images are in both."), html);
        assertTrue(html.contains("30 images are new"), html);
        assertTrue(html.contains("q = 1.0000"), html);
        assertTrue(html.contains("<p class=\"verdict\">On test"), html);
        assertFalse(html.contains("<script"), "no script");
    }

    @Test
    void onlyWhatIsKnownIsAcknowledged() throws IOException {
        execute("history", "add", first);
        Object[] rest = {"--until", "2027-01-01", "--reason", "known", "--reports", reports};
        Outcome typo = execute(line("ack", "scene-correlation:rise", rest));
        assertEquals(2, typo.code());
        assertTrue(typo.err().contains("is called 'scene-correlation:rise'"), typo.err());
        assertEquals(List.of(), HistoryFile.of(reports).read().acknowledgements());
        assertEquals(0, execute(line("ack", "scene-correlation:rose", rest)).code());
        assertEquals(1, HistoryFile.of(reports).read().acknowledgements().size());
        Outcome past = execute(
                "ack", "scene-correlation:rose", "--until", "2020-01-01", "--reason", "x", "--reports", reports);
        assertEquals(2, past.code());
        Outcome words =
                execute("ack", "scene-correlation:rose", "--until", "soon", "--reason", "x", "--reports", reports);
        assertEquals(2, words.code());
        assertTrue(words.err().contains("expected such as 2026-12-24"), words.err());
        assertEquals(
                0,
                execute("ack", "scene-correlation:rose", "--withdraw", "--reports", reports)
                        .code());
        assertEquals(List.of(), HistoryFile.of(reports).read().acknowledgements());
    }

    private static Object[] line(String command, String argument, Object... rest) {
        List<Object> line = new ArrayList<>(List.of(command, argument));
        line.addAll(List.of(rest));
        return line.toArray();
    }

    @Test
    void theBaselineIsSetByFolderOrIdShownAndCleared() {
        execute("history", "add", second);
        Outcome set = execute("baseline", "set", first);
        assertEquals(0, set.code(), set.err());
        String id = set.out().strip().substring("baseline: ".length());
        assertEquals(
                "baseline: " + id + " in " + first,
                execute("baseline", "show", "--reports", reports).out().strip());
        assertEquals(0, execute("baseline", "clear", "--reports", reports).code());
        assertTrue(execute("baseline", "show", "--reports", reports)
                .out()
                .contains("none is set, and of no run gates passed"));
        assertEquals(0, execute("baseline", "set", id, "--reports", reports).code());
        assertTrue(execute("baseline", "show", "--reports", reports).out().contains(id));

        Outcome wrong = execute("baseline", "set", "20200101T000000Z-0000", "--reports", reports);
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("is neither a run folder nor the id of a run"), wrong.err());
    }

    @Test
    void withoutAHistoryTheCommandsSayHowToBegin() {
        for (Object[] line : new Object[][] {
            {"history", "--reports", reports},
            {"baseline", "show", "--reports", reports},
            {"baseline", "clear", "--reports", reports}
        }) {
            Outcome outcome = execute(line);
            assertEquals(1, outcome.code());
            assertTrue(outcome.err().contains("gazecheck history add RUN creates it"), outcome.err());
        }
        assertFalse(Files.exists(reports.resolve(HistoryFile.NAME)));
    }

    @Test
    void aDamagedHistoryIsInvalidDataAndStays() throws IOException {
        Path file = Files.writeString(reports.resolve(HistoryFile.NAME), "nonsense".repeat(300));
        byte[] before = Files.readAllBytes(file);
        Outcome outcome = execute("history", "add", first);
        assertEquals(4, outcome.code());
        assertTrue(outcome.err().contains("move it aside and add the runs again"), outcome.err());
        assertArrayEquals(before, Files.readAllBytes(file));
        assertFalse(Files.exists(reports.resolve("index.html")));
    }

    @Test
    void whatIsNoRunIsAFailure() throws IOException {
        Path empty = Files.createDirectory(reports.resolve("empty"));
        for (Outcome outcome : List.of(
                execute("history", "add", empty),
                execute("baseline", "set", empty),
                execute("compare", first, empty),
                execute("compare", empty, first))) {
            assertEquals(1, outcome.code());
            assertEquals(
                    "gazecheck: " + empty + " is not a run folder: it has no run.json",
                    outcome.err().strip());
        }
    }

    @Test
    void compareTellsTheDifferenceInWords() throws IOException {
        Path json = reports.resolve("out/comparison.json");
        Outcome outcome = execute("compare", first, second, "--json", json);
        assertEquals(0, outcome.code(), outcome.err());
        String out = outcome.out();
        assertTrue(out.contains("the model is the same"), out);
        assertTrue(out.contains("the same images: 120"), out);
        assertTrue(out.contains("new images: 30, 30 with a label; beside test of the earlier run"), out);
        assertTrue(out.contains("14 tests, corrected together (Holm)"), out);
        assertTrue(out.contains("findings: 0 new, 0 gone, 1 persisting"), out);
        JsonNode root = new ObjectMapper().readTree(Files.readString(json));
        assertEquals(5, root.get("families").size());
        JsonNode top1 = root.get("families").get(0).get("measurements").get(0);
        assertEquals("test.top1", top1.get("name").asText());
        assertEquals("same", top1.get("direction").asText());
        assertEquals(30, root.get("added").size());
    }

    @Test
    void runsOfOtherClassesAreInvalidData() throws IOException {
        DrawnRun other = new DrawnRun().draw(Split.TEST, "test", 20, 1);
        other.classes = List.of("cat", "dog");
        Outcome outcome = execute("compare", first, other.write(reports.resolve("other")));
        assertEquals(4, outcome.code());
        assertTrue(outcome.err().contains("do not have the same classes"), outcome.err());
    }
}
