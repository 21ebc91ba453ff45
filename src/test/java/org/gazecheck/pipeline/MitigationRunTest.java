package org.gazecheck.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.DataException;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.MitigationFileTest;
import org.gazecheck.results.MitigationTraining.Method;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few small drawings, learned, and mended of what their audit is made to call proven. */
@Tag("slow")
class MitigationRunTest {
    @TempDir
    private static Path work;

    private static RunFolder recorded;

    @BeforeAll
    static void runOnce() throws Exception {
        recorded = ProvenRun.make(work);
    }

    @Test
    void aMendedRunIsWholeAndReproducedToTheLastBitAlsoWhenItsTrainingBreaksOff() throws Exception {
        Path mended = work.resolve("mended");
        assertThrows(IllegalStateException.class, () -> mend(mended, new Broken(), "false"));
        assertFalse(Files.exists(mended.resolve("model.zip")));
        mend(mended, Progress.SILENT, "false");

        RunFolder folder = new RunFolder(mended);
        Mitigation mitigation = MitigationFile.read(folder.mitigation());
        assertEquals(Method.HEAD, mitigation.training().method());
        assertEquals(8 * 12, mitigation.training().images());
        assertEquals(1, mitigation.shortcuts().size());
        String page = Files.readString(folder.report());
        assertTrue(page.contains("id=\"mended\""));
        assertFalse(page.contains("are not shown"));

        Comparison again =
                Reproduction.of(mended, work.resolve("again"), List.of()).run(Progress.SILENT, false);
        assertEquals(Optional.empty(), again.differing());
        assertTrue(again.kept());
    }

    @Test
    void allIsTrainedAgainWhereThatIsAsked() throws Exception {
        Path mended = work.resolve("trained");
        mend(mended, Progress.SILENT, "true");
        Mitigation mitigation = MitigationFile.read(new RunFolder(mended).mitigation());
        assertEquals(Method.NETWORK, mitigation.training().method());
        assertTrue(Files.exists(mended.resolve("train.csv")));
    }

    @Test
    void whatItsAuditDidNotSeeIsRefusedBeforeAnythingIsWritten() throws Exception {
        Path mended = work.resolve("refused");
        try (Stream<Path> masks = Files.walk(work.resolve("flowers/masks"))) {
            Path mask = masks.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
            byte[] then = Files.readAllBytes(mask);
            Files.write(mask, Png.encode(new RgbImage(64, 64, new byte[3 * 64 * 64])));
            assertTrue(refused(mended).contains("masks are not those"), mask.toString());
            Files.write(mask, then);
        }
        for (Path file : List.of(recorded.findings(), recorded.interventions(), recorded.dataset())) {
            byte[] then = Files.readAllBytes(file);
            Files.write(file, "\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
            assertTrue(refused(mended).contains(file.getFileName().toString()));
            Files.write(file, then);
        }
        assertFalse(Files.exists(mended));
    }

    private static String refused(Path output) {
        return assertThrows(GazecheckException.class, () -> mend(output, Progress.SILENT, "false"))
                .getMessage();
    }

    @Test
    void groupsAreBalancedAndATableThatChangedIsBalancedAnew() throws Exception {
        Path table = work.resolve("groups.csv");
        List<String> lines = new ArrayList<>(List.of("path,group"));
        for (DatasetRow row : DatasetFile.read(recorded.dataset())) {
            int number = Integer.parseInt(row.path().replaceAll("\\D", ""));
            if (row.split() != Split.TRAIN || number % 5 != 0) {
                lines.add(row.path() + "," + (number % 5 < 2 ? "few" : "many"));
            }
        }
        Files.write(table, lines);
        Path mended = work.resolve("balanced");
        RunFolder folder = new RunFolder(mended);
        balance(mended, table);
        Mitigation mitigation = MitigationFile.read(folder.mitigation());
        assertEquals(Method.GROUPS, mitigation.training().method());
        assertEquals(List.of(), mitigation.shortcuts());
        assertTrue(mitigation.training().groups().unnamedTrain() > 0);
        assertEquals(List.of(), MitigationFileTest.violations(folder.mitigation()));
        String page = Files.readString(folder.report());
        assertTrue(page.contains("What became of the groups"));
        assertFalse(page.contains("What became of the shortcuts"));

        Comparison again = Reproduction.of(mended, work.resolve("balanced again"), List.of())
                .run(Progress.SILENT, false);
        assertEquals(Optional.empty(), again.differing());

        Instant trained = Files.getLastModifiedTime(folder.archive()).toInstant();
        balance(mended, table);
        assertEquals(trained, Files.getLastModifiedTime(folder.archive()).toInstant());
        Files.write(table, lines.subList(0, lines.size() - 1));
        assertThrows(DataException.class, () -> Reproduction.of(mended, work.resolve("balanced otherwise"), List.of()));
        balance(mended, table);
        assertEquals(
                Hashes.sha256(table),
                MitigationFile.read(folder.mitigation()).training().groups().sha256());
    }

    private static void balance(Path output, Path table) throws Exception {
        List<String> settings = List.of(
                "output.dir=" + output,
                "cache.dir=" + work.resolve("cache of " + output.getFileName()),
                "mitigation.run=" + recorded.root(),
                "mitigation.groups=" + table);
        try (Pipeline pipeline =
                Pipeline.open(ConfigurationReader.read(recorded.configuration(), settings), Progress.SILENT)) {
            pipeline.runTo(Stage.REPORT);
        }
    }

    private static void mend(Path output, Progress progress, String train) throws Exception {
        List<String> settings = List.of(
                "output.dir=" + output,
                "cache.dir=" + work.resolve("cache of " + output.getFileName()),
                "mitigation.run=" + recorded.root(),
                "mitigation.findings=[\"" + ProvenRun.SHORTCUT + "\"]",
                "mitigation.train=" + train);
        try (Pipeline pipeline =
                Pipeline.open(ConfigurationReader.read(recorded.configuration(), settings), progress)) {
            pipeline.runTo(Stage.REPORT);
        }
    }

    /** Ends the work when the counterfactual images of val are asked for. */
    private static final class Broken implements Progress {
        @Override
        public Task start(String name, long total) {
            if (name.equals("counterfactual images of val")) {
                throw new IllegalStateException("killed");
            }
            return SILENT.start(name, total);
        }

        @Override
        public void message(String text) {}
    }
}
