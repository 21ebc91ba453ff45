package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.DrawnRun;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.Reason;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What there is to mend is looked for before anything is written. */
class MitigateCommandTest {
    @TempDir
    private Path work;

    @Test
    void whereNothingWasFoundThereIsNothingToMend() throws Exception {
        Path run = run(shortcut("daisy", null));
        assertRefused("nothing to mend", run);
        assertRefused("nothing to mend", run, "--suspected");
        Files.delete(new RunFolder(run).interventions());
        assertRefused("it wrote no interventions.json", run);
    }

    @Test
    void whatIsOnlySuspectedIsMendedOnlyWhenAsked() throws Exception {
        Path run = run(shortcut("daisy", Grade.SUSPECTED));
        assertRefused("only suspected: 'background-shortcut:daisy'; --suspected", run);
        assertRefused("is suspected and not proven", run, "--finding", "background-shortcut:daisy");
    }

    @Test
    void aFindingThatThereIsNotIsRefusedWithThoseThatThereAre() throws Exception {
        Path run = run(shortcut("daisy", Grade.PROVEN));
        assertRefused(
                "has no shortcut 'background-shortcut:rose'; it has 'background-shortcut:daisy'",
                run,
                "--finding",
                "background-shortcut:rose");
    }

    @Test
    void groupsAreInPlaceOfFindingsAndAreReadBeforeAnythingIsWritten() throws Exception {
        Path run = run(shortcut("daisy", Grade.PROVEN));
        Path groups = Files.writeString(work.resolve("groups.csv"), "path,group\nb/0.jpg,water\n");
        String table = groups.toString();
        for (List<String> other : List.of(
                List.of("--finding", "background-shortcut:daisy"), List.of("--suspected"), List.of("--train"))) {
            List<String> options = new ArrayList<>(List.of("--groups", table));
            options.addAll(other);
            assertRefused("leave out --finding, --suspected and --train", run, options.toArray(String[]::new));
        }
        assertRefused(4, "there is no image 'b/0.jpg' in the run's dataset.csv", run, "--groups", table);
        Files.writeString(groups, "path,group\na/0.jpg,water\n");
        assertRefused(4, "names no image of train", run, "--groups", table);
        Files.delete(groups);
        assertRefused(4, "there is no file " + table, run, "--groups", table);
    }

    @Test
    void neitherTheRunNorAnotherOneIsWrittenOver() throws Exception {
        Path run = run(shortcut("daisy", Grade.PROVEN));
        Path link = Files.createSymbolicLink(work.resolve("link"), run);
        Path other = new DrawnRun().draw(Split.TEST, "a", 20, 1).write(work.resolve("other"));
        Path file = Files.writeString(work.resolve("file"), "");
        for (Path output : List.of(
                run, link, run.resolve("mended"), link.resolve("new/one"), run.resolve("../run"), work, other, file)) {
            StringWriter err = new StringWriter();
            int code = Main.execute(
                    new PrintWriter(new StringWriter()),
                    new PrintWriter(err, true),
                    "mitigate",
                    run.toString(),
                    "--output",
                    output.toString());
            assertEquals(2, code, output + ": " + err);
            assertTrue(err.toString().contains("give another one with --output"), err.toString());
        }
        assertFalse(Files.exists(run.resolve("mended")));
    }

    private void assertRefused(String why, Path run, String... options) {
        assertRefused(2, why, run, options);
    }

    private void assertRefused(int exitCode, String why, Path run, String... options) {
        Path output = work.resolve("mended");
        List<String> arguments = new ArrayList<>(List.of("mitigate", run.toString(), "--output", output.toString()));
        arguments.addAll(List.of(options));
        StringWriter err = new StringWriter();
        int code = Main.execute(
                new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments.toArray(String[]::new));
        assertEquals(exitCode, code, err.toString());
        assertTrue(err.toString().contains(why), err.toString());
        assertFalse(Files.exists(output));
    }

    private Path run(Shortcut shortcut) throws Exception {
        Path run = new DrawnRun().draw(Split.TEST, "a", 20, 1).write(work.resolve("run"));
        InterventionsFile.write(
                new RunFolder(run).interventions(),
                new Interventions(
                        InterventionsFile.SCHEMA_VERSION,
                        false,
                        0,
                        null,
                        List.of(),
                        null,
                        List.of(),
                        List.of(shortcut),
                        List.of(),
                        List.of()));
        return run;
    }

    private static Shortcut shortcut(String name, @Nullable Grade grade) {
        return new Shortcut(
                name,
                Reason.BACKGROUND,
                "their background",
                grade,
                null,
                1,
                0.5,
                0.1,
                0,
                0,
                9,
                30,
                true,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }
}
