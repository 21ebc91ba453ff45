package org.gazecheck.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.gazecheck.spark.StartedProcesses.Started;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of two workers comes to the same files as one machine, whatever dies meanwhile. */
class ClusterIT {
    private static final int IMAGES = 360;
    private static final int EVALUATED = 320;
    private static final int PARTITIONS = 24;
    private static final int COMMITTED = 6;
    private static final int SECONDS = 240;

    @TempDir
    Path work;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void losesAndDoublesNothingWhenAWorkerAndItsExecutorAreKilled() throws Exception {
        Path configuration = Files.writeString(
                work.resolve("tiny.yaml"),
                """
                data: {source: demo, dir: %s, missingMasks: estimate, drawn: {train: 5, val: 20, test: 20, size: 96}}
                model: {architecture: demo, size: 96}
                train:
                  recipe: finetune
                  views: {crops: 0}
                  probe: {maxIterations: 20, l2: [1e-6]}
                  finetune: {from: all, views: 0, epochs: 1, batch: 8, warmup: 2}
                evaluate: {bootstrap: 100}
                audit: {budget: 800, trust: {images: 2}}
                compute: {batch: 4, threads: 2}
                """
                        .formatted(work.resolve("flowers")));
        try (LocalCluster cluster = new LocalCluster(work.resolve("cluster"))) {
            gazecheck(cluster, "train", configuration, "alone");
            copy(work.resolve("alone"), work.resolve("cloud"));
            for (Path mask : found(work.resolve("flowers/masks/val"), ".*/00[0-3]\\.png")) {
                Files.delete(mask);
            }
            gazecheck(cluster, "run", configuration, "alone");

            Started first = cluster.submit(job(configuration));
            awaitCommitted(first);
            assertTrue(cluster.executors(0) > 0, "the worker had no executor to be killed with");
            cluster.killWorker(0);
            assertEquals(0, first.await(SECONDS), first::toString);
            assertTrue(first.said().contains(EVALUATED + " computed, 0 there already"), first.said());
            assertEquals(EVALUATED, rows(parts()), "rows in Parquet");
            assertTrue(first.said().contains("counterfactual images: wave 1, "), first.said());
            List<Path> tables = tables();
            assertSameAsAlone(cluster, configuration);
            assertEquals(tables, tables(), "the single machine computed rows that the cluster should have");

            Path part = parts().get(0);
            long deleted = rows(List.of(part));
            Files.delete(part);
            Files.deleteIfExists(part.resolveSibling("." + part.getFileName() + ".crc"));
            delete(work.resolve("cache-cloud").resolve("scores"));
            Started second = cluster.submit(job(configuration));
            assertEquals(0, second.await(SECONDS), second::toString);
            assertTrue(
                    second.said().contains(deleted + " computed, " + (EVALUATED - deleted) + " there already"),
                    second.said());
            assertEquals(EVALUATED, rows(parts()), "rows in Parquet");
            Files.delete(work.resolve("cloud").resolve("predictions.csv"));
            assertSameAsAlone(cluster, configuration);
        }
    }

    private List<String> job(Path configuration) {
        List<String> arguments = new ArrayList<>(List.of(
                "run", configuration.toString(), "--rows", rowFolder().toUri().toString()));
        arguments.addAll(List.of("--file-images", Integer.toString(IMAGES / PARTITIONS)));
        arguments.addAll(folders("cloud"));
        return arguments;
    }

    private Path rowFolder() {
        return work.resolve("rows");
    }

    private List<String> folders(String name) {
        return List.of(
                "--set", "output.dir=" + work.resolve(name), "--set", "cache.dir=" + work.resolve("cache-" + name));
    }

    private void gazecheck(LocalCluster cluster, String command, Path configuration, String run) throws Exception {
        Path home =
                Path.of(System.getProperty("gazecheck.home")).toAbsolutePath().normalize();
        List<String> arguments = new ArrayList<>(List.of(
                "-Xmx768m",
                "-Dorg.eclipse.deeplearning4j.helpers.disable=false",
                "-Djava.awt.headless=true",
                "-cp",
                home.resolve("target/classes") + ":"
                        + Files.readString(home.resolve("target/classpath.txt")).strip(),
                "org.gazecheck.cli.Main",
                command,
                configuration.toString()));
        arguments.addAll(folders(run));
        Started started = cluster.processes()
                .java(command + "-" + run, Map.of("OMP_NUM_THREADS", "2", "OMP_WAIT_POLICY", "PASSIVE"), arguments);
        assertEquals(0, started.await(SECONDS), started.said());
    }

    private void awaitCommitted(Started driver) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (committed() < COMMITTED) {
            assertTrue(driver.process().isAlive(), driver.said());
            assertTrue(System.nanoTime() < end, driver.said());
            Thread.sleep(5);
        }
        assertTrue(committed() < PARTITIONS && driver.process().isAlive(), "all tasks were done before the kill");
    }

    /** Tasks of the scoring job whose files wait for the job's end. */
    private long committed() throws IOException {
        return found(rowFolder().resolve("scores"), ".*/_temporary/0/task_[^/]*")
                .size();
    }

    private List<Path> parts() throws IOException {
        return found(rowFolder().resolve("scores"), ".*/split=[a-z]+/part-[^/]*\\.parquet");
    }

    private static List<Path> found(Path folder, String expression) throws IOException {
        Pattern pattern = Pattern.compile(expression);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> pattern.matcher(path.toString()).matches())
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            return List.of();
        }
    }

    private static long rows(List<Path> parts) throws IOException {
        long rows = 0;
        for (Path part : parts) {
            try (ParquetFileReader reader = ParquetFileReader.open(
                    HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(part.toUri()), new Configuration()))) {
                rows += reader.getRecordCount();
            }
        }
        return rows;
    }

    private void assertSameAsAlone(LocalCluster cluster, Path configuration) throws Exception {
        gazecheck(cluster, "run", configuration, "cloud");
        for (String file : List.of("dataset.csv", "masks.json")) {
            assertEquals(
                    Files.readString(work.resolve("alone").resolve(file)),
                    Files.readString(rowFolder().resolve(file)));
        }
        List<Path> files = compared("alone");
        assertEquals(names(files, "alone"), names(compared("cloud"), "cloud"));
        assertTrue(names(files, "alone")
                .containsAll(List.of(
                        "predictions.csv",
                        "localisation.csv",
                        "properties.csv",
                        "interventions.json",
                        "counterfactuals.csv",
                        "findings.json")));
        for (Path file : files) {
            Path its = work.resolve("cloud").resolve(work.resolve("alone").relativize(file));
            assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(its), its.toString());
        }
        String log = Files.readString(work.resolve("cloud").resolve("gazecheck.log"));
        assertTrue(
                log.strip()
                        .lines()
                        .filter(line -> line.contains("stage evaluate ends"))
                        .allMatch(line -> line.contains("decoded 0 images")),
                "the rows of the cluster were computed again");
    }

    /** All files of a run, but those that hold times and folders. */
    private List<Path> compared(String run) throws IOException {
        return found(work.resolve(run), ".*\\.(csv|json|npy|png|jpg|zip|onnx)").stream()
                .filter(file -> Files.isRegularFile(file) && !file.endsWith("run.json"))
                .toList();
    }

    private List<String> names(List<Path> files, String run) {
        return files.stream()
                .map(file -> work.resolve(run).relativize(file).toString())
                .toList();
    }

    /** Files of rows that the audit asks for. */
    private List<Path> tables() throws IOException {
        return found(
                work.resolve("cache-cloud"),
                ".*/(scores|masks|descriptions|localisation|interventions)/[0-9a-f]+/shard-.*");
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
