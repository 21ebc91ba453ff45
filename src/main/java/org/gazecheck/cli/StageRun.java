package org.gazecheck.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.ExpectSettings;
import org.gazecheck.evaluate.ResultTable;
import org.gazecheck.pipeline.Pipeline;
import org.gazecheck.pipeline.Stage;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.RunFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Walks stages of a run on behalf of a command. */
final class StageRun {
    /** Outside the product's own names, so that it reaches the log file and not the console. */
    private static final Logger LOG = LoggerFactory.getLogger("failure");

    private final Main main;

    StageRun(Main main) {
        this.main = main;
    }

    /** Reads a configuration and walks its run up to a stage. */
    int upTo(Stage last, Path configuration, List<String> overrides) throws Exception {
        return upTo(last, ConfigurationReader.read(configuration, overrides));
    }

    /** Walks the run of a configuration up to a stage. */
    int upTo(Stage last, Configuration resolved) throws Exception {
        try (Console console = main.console();
                Pipeline pipeline = Pipeline.open(resolved, console.progress())) {
            logged(() -> pipeline.runTo(last));
            conclude(console, new RunFolder(resolved.output().dir()), last, resolved.expect());
        }
        return ExitCode.DONE.code();
    }

    /** Does stages of an existing run again. */
    int again(List<Stage> stages, Path run, List<String> overrides) throws Exception {
        return again(stages, run, overrides, pipeline -> {});
    }

    /** What is done with a run after its stages. */
    interface Afterwards {
        void with(Pipeline pipeline) throws Exception;
    }

    int again(List<Stage> stages, Path run, List<String> overrides, Afterwards afterwards) throws Exception {
        try (Console console = main.console();
                Pipeline pipeline = Pipeline.reopen(run, overrides, console.progress())) {
            for (Stage stage : stages) {
                logged(() -> pipeline.redo(stage));
            }
            logged(() -> afterwards.with(pipeline));
            conclude(console, new RunFolder(run), Stage.REPORT, null);
        }
        return ExitCode.DONE.code();
    }

    /** Says what came out and where things lie. */
    private static void conclude(Console console, RunFolder run, Stage last, @Nullable ExpectSettings expect)
            throws IOException {
        if (last.compareTo(Stage.AUDIT) >= 0 && Files.exists(run.findings())) {
            console.result(VerdictText.of(run));
        }
        if (last.compareTo(Stage.EVALUATE) >= 0 && expect != null) {
            console.result(ResultTable.of(MetricsFile.read(run.metrics()), expect));
        }
        if (last == Stage.REPORT && Files.exists(run.report())) {
            console.result("report: " + run.report().toAbsolutePath().normalize());
        } else {
            console.result("run folder: " + run.root().toAbsolutePath().normalize());
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /** A failure's stack trace belongs into the run's log, which is open only inside. */
    private static void logged(Work work) throws Exception {
        try {
            work.run();
        } catch (Exception | OutOfMemoryError | LinkageError e) {
            LOG.error("the command ends here", e);
            throw e;
        }
    }
}
