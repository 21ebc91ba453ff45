package org.gazecheck.network.onnx.external;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.network.engine.ExternalNetworks;
import org.gazecheck.network.engine.TrialTerms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of strangers are taken or refused in one line, whatever is in them. Mutated graphs are read in a process with bounded
 * memory; what ends it, or takes too long there, must be refused by the trial that stands before every such file.
 */
class GraphFuzzTest {
    private static final int MEGABYTES = 2048;
    private static final int SECONDS = 20;
    private static final int FIXED = 60;
    private static final int ROUND = 500;
    private static final long FIRST_OF_LONG = 1_000_000;

    @TempDir
    private Path folder;

    private final List<String> failures = new ArrayList<>();
    private int taken;
    private int refused;
    private int ended;

    @Test
    void mutatedGraphsAreTakenOrRefused() throws Exception {
        read(0, FIXED, List.of());
        assertEquals(List.of(), failures);
        assertEquals(FIXED, taken + refused + ended);
        assertTrue(taken > 0 && refused > taken, taken + " taken, " + refused + " refused");
    }

    /** For {@code -Dfuzz.minutes=10}; with files of the reference data where those are there. */
    @Test
    @Tag("slowest")
    void soAreManyMore() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60L * Integer.getInteger("fuzz.minutes", 1));
        List<String> foreign = foreign();
        for (long seed = FIRST_OF_LONG; System.nanoTime() < end; seed += ROUND) {
            read(seed, ROUND, seed / ROUND % 4 == 3 ? foreign : List.of(), end);
            assertEquals(List.of(), failures);
        }
        System.out.println(
                "mutated graphs: " + taken + " taken, " + refused + " refused, " + ended + " ended the process");
    }

    private static List<String> foreign() throws IOException {
        String set = System.getenv("GAZECHECK_REFERENCE");
        Path files = Path.of(set == null ? "../shared/data" : set).resolve("foreign2");
        if (!Files.isDirectory(files)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(files)) {
            return all.map(Path::toString)
                    .filter(name -> name.endsWith(".onnx"))
                    .sorted()
                    .toList();
        }
    }

    private void read(long from, int count, List<String> files) throws Exception {
        read(from, count, files, Long.MAX_VALUE);
    }

    private void read(long from, int count, List<String> files, long end) throws Exception {
        long seed = from;
        while (seed < from + count && System.nanoTime() < end) {
            long begun = pass(seed, from + count - seed, files);
            if (begun < 0) {
                return;
            }
            ended++;
            requireRefusedByItsTrial(begun, files);
            seed = begun + 1;
        }
    }

    /** The seed whose graph ended the process; below 0 where none did. */
    private long pass(long from, long count, List<String> files) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "ulimit -d " + (MEGABYTES * 5L / 4 + 512) * 1024 + "; exec \"$@\"",
                "fuzz",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+SuppressFatalErrorMessage",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                GraphFuzzPass.class.getName(),
                folder.toString(),
                Long.toString(from),
                Long.toString(count)));
        command.addAll(files);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        long begun = -1;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var alarm = watch.schedule(process::destroyForcibly, 3L * SECONDS, TimeUnit.SECONDS);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                alarm.cancel(false);
                alarm = watch.schedule(process::destroyForcibly, SECONDS, TimeUnit.SECONDS);
                if (line.startsWith(GraphFuzzPass.BEGUN)) {
                    begun = Long.parseLong(line.substring(GraphFuzzPass.BEGUN.length()));
                } else {
                    count(line, begun);
                }
            }
            alarm.cancel(false);
            boolean done = process.waitFor() == 0;
            assertTrue(done || begun >= 0, "the process did not start");
            return done ? -1 : begun;
        } finally {
            process.destroyForcibly();
            watch.shutdownNow();
        }
    }

    private void count(String outcome, long seed) {
        switch (outcome) {
            case GraphFuzzPass.TAKEN -> taken++;
            case GraphFuzzPass.REFUSED -> refused++;
            default -> failures.add("seed " + seed + ": " + outcome);
        }
    }

    private void requireRefusedByItsTrial(long seed, List<String> files) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(folder.toString(), "0", "0"));
        arguments.addAll(files);
        MutatedGraphs graphs = GraphFuzzPass.graphs(folder, arguments.toArray(String[]::new));
        Path file = GraphFuzzPass.write(graphs, seed, folder);
        GazecheckException e = assertThrows(
                GazecheckException.class,
                () -> ExternalNetworks.read(
                        GraphFuzzPass.request(file), new TrialTerms(Optional.empty(), MEGABYTES, SECONDS, 2, 1)),
                "seed " + seed);
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
}
