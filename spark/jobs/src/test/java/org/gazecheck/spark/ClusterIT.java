package org.gazecheck.spark;

import static org.gazecheck.spark.DemoRun.EVALUATED;
import static org.gazecheck.spark.DemoRun.found;
import static org.gazecheck.spark.DemoRun.rows;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gazecheck.spark.StartedProcesses.Started;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of two workers comes to the same files as one machine, whatever dies meanwhile. */
class ClusterIT {
    private static final int PARTITIONS = 24;
    private static final int COMMITTED = 6;
    private static final int SECONDS = 240;

    @TempDir
    Path work;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void losesAndDoublesNothingWhenAWorkerAndItsExecutorAreKilled() throws Exception {
        DemoRun demo = new DemoRun(work);
        List<String> job = demo.job("run", "cloud", DemoRun.IMAGES / PARTITIONS);
        try (LocalCluster cluster = new LocalCluster(work.resolve("cluster"))) {
            demo.gazecheck(cluster.processes(), "train", "alone");
            copy(demo.run("alone"), demo.run("cloud"));
            for (Path mask : found(demo.images().resolve("masks/val"), ".*/00[0-3]\\.png")) {
                Files.delete(mask);
            }
            demo.gazecheck(cluster.processes(), "run", "alone");

            Started first = cluster.submit(job);
            awaitCommitted(demo, first);
            assertTrue(cluster.executors(0) > 0, "the worker had no executor to be killed with");
            cluster.killWorker(0);
            assertEquals(0, first.await(SECONDS), first::toString);
            assertTrue(first.said().contains(EVALUATED + " computed, 0 there already"), first.said());
            assertTrue(first.said().contains("counterfactual images: wave 1, "), first.said());
            assertEquals(EVALUATED, rows(demo.parts("scores")), "rows in Parquet");
            List<Path> tables = tables(demo);
            assertSameAsAlone(cluster, demo);
            assertEquals(tables, tables(demo), "one machine computed rows that the cluster should have");

            Path part = demo.parts("scores").get(0);
            long deleted = rows(List.of(part));
            Files.delete(part);
            Files.deleteIfExists(part.resolveSibling("." + part.getFileName() + ".crc"));
            delete(demo.cache("cloud").resolve("scores"));
            Started second = cluster.submit(job);
            assertEquals(0, second.await(SECONDS), second::toString);
            assertTrue(
                    second.said().contains(deleted + " computed, " + (EVALUATED - deleted) + " there already"),
                    second.said());
            assertTrue(!second.said().contains("counterfactual images: wave"), second.said());
            assertEquals(EVALUATED, rows(demo.parts("scores")), "rows in Parquet");
            Files.delete(demo.run("cloud").resolve("predictions.csv"));
            assertSameAsAlone(cluster, demo);
        }
    }

    private static void awaitCommitted(DemoRun demo, Started driver) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (committed(demo) < COMMITTED) {
            assertTrue(driver.process().isAlive(), driver.said());
            assertTrue(System.nanoTime() < end, driver.said());
            Thread.sleep(5);
        }
        assertTrue(committed(demo) < PARTITIONS && driver.process().isAlive(), "all tasks were done before the kill");
    }

    /** Tasks of the scoring job whose files wait for the job's end. */
    private static long committed(DemoRun demo) throws IOException {
        return found(demo.rows().resolve("scores"), ".*/_temporary/0/task_[^/]*")
                .size();
    }

    private static void assertSameAsAlone(LocalCluster cluster, DemoRun demo) throws Exception {
        demo.gazecheck(cluster.processes(), "run", "cloud");
        for (String file : List.of("dataset.csv", "masks.json")) {
            assertEquals(
                    Files.readString(demo.run("alone").resolve(file)),
                    Files.readString(demo.rows().resolve(file)));
        }
        List<String> files = compared(demo.run("alone"));
        assertEquals(files, compared(demo.run("cloud")));
        assertTrue(
                files.containsAll(List.of(
                        "predictions.csv",
                        "localisation.csv",
                        "properties.csv",
                        "interventions.json",
                        "counterfactuals.csv",
                        "findings.json")),
                files::toString);
        for (String file : files) {
            assertArrayEquals(
                    Files.readAllBytes(demo.run("alone").resolve(file)),
                    Files.readAllBytes(demo.run("cloud").resolve(file)),
                    file);
        }
        String log = Files.readString(demo.run("cloud").resolve("gazecheck.log"));
        assertTrue(
                log.strip()
                        .lines()
                        .filter(line -> line.contains("stage evaluate ends"))
                        .allMatch(line -> line.contains("decoded 0 images")),
                "the rows of the cluster were computed again");
    }

    /** All files of a run, but those that hold times and folders. */
    private static List<String> compared(Path run) throws IOException {
        return found(run, ".*\\.(csv|json|npy|png|jpg|zip|onnx)").stream()
                .filter(Files::isRegularFile)
                .map(file -> run.relativize(file).toString())
                .filter(file -> !file.equals("run.json"))
                .toList();
    }

    /** Files of rows that the audit asks for. */
    private static List<Path> tables(DemoRun demo) throws IOException {
        return found(
                demo.cache("cloud"),
                ".*/(scores|masks|descriptions|localisation|interventions|cells)/[0-9a-f]+/shard-.*");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
