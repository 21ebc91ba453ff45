package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real process that trains, and signals. */
@Tag("slow")
class SignalsTest {
    private static final List<String> SMALL = List.of(
            "compute.threads=1",
            "data.drawn.train=4",
            "data.drawn.val=2",
            "data.drawn.test=2",
            "data.drawn.size=64",
            "model.size=64",
            "train.probe.maxIterations=3",
            "train.finetune.views=0",
            "train.finetune.epochs=3",
            "report.thumbnail=64");

    @TempDir
    private Path work;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsTheRunCleanlyAndTheSameCommandGoesOn(String signal, int code) throws Exception {
        List<String> said = new ArrayList<>();
        assertEquals(code, signalled(signal, "epoch 1 of 3: loss", said), String.join("\n", said));
        List<String> own =
                said.stream().filter(line -> line.startsWith("gazecheck: ")).toList();
        assertEquals(List.of("gazecheck: interrupted: the same command continues from here"), own);

        List<String> second = undisturbed();
        assertTrue(second.contains("prepare: up to date"), String.join("\n", second));
        assertTrue(second.stream().anyMatch(line -> line.startsWith("fine-tuning resumes after epoch ")));
    }

    /** Runs to the end; what was said. */
    private List<String> undisturbed() throws Exception {
        Process run = start();
        List<String> said = run.errorReader().lines().toList();
        assertEquals(0, run.waitFor(), String.join("\n", said));
        return said;
    }

    /** Sends a signal when a line begins as given; the exit code. */
    private int signalled(String signal, String moment, List<String> said) throws Exception {
        Process run = start();
        try (BufferedReader lines = run.errorReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.startsWith(moment)) {
                    new ProcessBuilder("kill", "-" + signal, Long.toString(run.pid()))
                            .start()
                            .waitFor();
                }
            }
        }
        return run.waitFor();
    }

    /** With signals as a terminal gives them: what a shell starts in the background ignores SIGINT, and so would Java. */
    private Process start() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT,TERM",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-Dorg.eclipse.deeplearning4j.helpers.disable=false",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo",
                "--set=data.dir=" + work.resolve("data"),
                "--set=data.masks=" + work.resolve("data/masks"),
                "--set=output.dir=" + work.resolve("run"),
                "--set=cache.dir=" + work.resolve("cache")));
        SMALL.forEach(setting -> command.add("--set=" + setting));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
