package org.gazecheck.pipeline;

import static org.gazecheck.review.Reviews.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.Identities;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.RunManifest.StageState;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.review.VerdictsDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWorkTest {
    @TempDir
    private Path work;

    @Test
    void verdictsMakeTheReportStaleAndTheBytesOfTheirDatabaseDoNot() throws Exception {
        Path yaml = Files.writeString(
                work.resolve("config.yaml"),
                "data: {source: folder, dir: " + work.resolve("images") + "}\nmodel: {architecture: demo}\n");
        Configuration configuration = ConfigurationReader.read(yaml, List.of("output.dir=" + work));
        Map<String, StageState> stages = Stream.of(Stage.values())
                .collect(Collectors.toMap(Stage::text, stage -> new StageState("done", "", Map.of("a", "b"), 1, "")));
        RunFolder folder = new RunFolder(work);
        Run run = new Run(
                configuration,
                Identities.CURRENT,
                folder,
                RunManifest.empty("x").withStages(stages),
                Progress.SILENT);
        ReportWork report = new ReportWork();
        List<String> none = report.inputs(run);

        VerdictsDatabase database = VerdictsDatabase.create(folder.verdictsDatabase());
        database.put(verdict("Ann", "a.png", Judgement.AMBIGUOUS));
        List<String> one = report.inputs(run);
        assertNotEquals(none, one);

        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + folder.verdictsDatabase());
                Statement statement = sqlite.createStatement()) {
            statement.execute("PRAGMA page_size = 8192");
            statement.execute("VACUUM");
        }
        assertEquals(one, report.inputs(run));

        database.put(verdict("Ben", "a.png", Judgement.AMBIGUOUS));
        List<String> two = report.inputs(run);
        assertNotEquals(one, two);
        VerdictsFile.write(folder.verdicts(), database.contents().verdicts());
        assertNotEquals(two, report.inputs(run));
    }
}
