package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.history.History;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.results.RunVerdict.Ground;
import org.gazecheck.results.RunVerdict.Level;
import org.gazecheck.results.RunVerdict.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsPageTest {
    /** A page that is opened every morning should be there at once. */
    private static final long MOST_BYTES = 1_500_000;

    @TempDir
    private Path reports;

    private String written(History history) throws IOException {
        for (RecordedRun run : history.runs()) {
            if (run.folder().isPresent()) {
                Path folder =
                        Files.createDirectories(reports.resolve(run.folder().get()));
                Files.writeString(folder.resolve("index.html"), "<title>report</title>");
            }
        }
        RunsPageWriter.write(history, reports);
        return Files.readString(reports.resolve("index.html"));
    }

    @Test
    void everyRunHasALineAndALinkTheNewestFirst() throws IOException {
        String page = written(RecordedNights.of(30));
        int newest = page.indexOf("href=\"./it%27s%20night%2029%20%26%20more/index.html\"");
        int older = page.indexOf("href=\"./it%27s%20night%202%20%26%20more/index.html\"");
        assertTrue(newest > 0 && older > newest, newest + " " + older);
        assertEquals(30, page.split("<th scope=\"row\">", -1).length - 1);
        assertTrue(page.contains("test.top1 not worse than baseline: 86.0 % now"));
        assertEquals(1, page.split(">baseline</span>", -1).length - 1);
    }

    @Test
    void theVerdictIsThatOfTheRunsFolderWhileItIsThere() throws IOException {
        History history = RecordedNights.of(4);
        RunFolder newest =
                new RunFolder(reports.resolve(history.runs().get(0).folder().orElseThrow()));
        Files.createDirectories(newest.root());
        FindingsFile.write(
                newest.findings(),
                Findings.NONE.concluding(RunVerdict.of(
                        List.of(new Ground(Level.DO_NOT_USE, Source.AUDIT, "It recognises <b>roses</b> by a label.")),
                        "")));
        String page = written(history);
        assertTrue(page.contains("<span class=\"judged wrong\">do not use</span><span class=\"hint\" dir=\"auto\">"
                + "It recognises &lt;b&gt;roses&lt;/b&gt; by a label.</span>"));
        Files.writeString(newest.findings(), "{");
        assertFalse(written(history).contains("do not use"), "a file that cannot be read says nothing");
    }

    @Test
    void namesAreText() throws IOException {
        String page = written(RecordedNights.of(30));
        assertFalse(page.contains(SyntheticRun.HOSTILE));
        assertFalse(page.contains("<b>come</b>"));
        assertTrue(page.contains("new images &lt;b&gt;come"), "silenced findings are shown");
        assertTrue(page.contains("default-src"));
        assertFalse(page.contains("<script"));
    }

    @Test
    void reportsThatAreGoneOrOverwrittenOrElsewhereAreNotLinked() throws IOException {
        History nights = RecordedNights.of(4);
        List<RecordedRun> runs = new ArrayList<>();
        for (RecordedRun run : nights.runs()) {
            runs.add(inFolder(run, runs.size() == 3 ? "../elsewhere" : "same"));
        }
        Files.createDirectories(reports.resolve("../elsewhere"));
        Files.writeString(reports.resolve("../elsewhere/index.html"), "x");
        String page = written(new History(runs, Optional.empty(), List.of()));
        assertEquals(2, page.split("href=\"\\./", -1).length - 1);
        assertTrue(page.contains("href=\"./same/index.html\""));
        assertEquals(3, page.split(">no report<", -1).length - 1);
    }

    private static RecordedRun inFolder(RecordedRun run, String folder) {
        return new RecordedRun(
                run.id(),
                Optional.of(folder),
                run.name(),
                run.model(),
                run.data(),
                run.versions(),
                run.machine(),
                run.started(),
                run.ended(),
                run.seconds(),
                run.outcome(),
                run.exitCode(),
                run.metrics(),
                run.findings(),
                run.gates());
    }

    @Test
    void aYearOfNightsStaysSmall() throws IOException {
        long bytes = written(RecordedNights.of(365)).length();
        assertTrue(bytes < MOST_BYTES, bytes + " bytes");
    }

    @Test
    void oneRunAndNoneHaveAPage() throws IOException {
        assertTrue(written(RecordedNights.of(1)).contains("1 run"));
        assertTrue(written(History.EMPTY).contains("No run has been added"));
    }
}
