package org.gazecheck.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.gazecheck.spark.StartedProcesses.Started;

/** A small demo in a folder: 360 drawn images, a small network, runs by name. */
final class DemoRun {
    static final int IMAGES = 360;

    /** Of val and test. */
    static final int EVALUATED = 320;

    private static final int SECONDS = 240;

    private final Path work;
    private final Path configuration;

    DemoRun(Path work) throws IOException {
        this.work = work;
        this.configuration = Files.writeString(
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
    }

    Path images() {
        return work.resolve("flowers");
    }

    Path run(String name) {
        return work.resolve(name);
    }

    Path cache(String name) {
        return work.resolve("cache-" + name);
    }

    /** Where Parquet lies. */
    Path rows() {
        return work.resolve("rows");
    }

    /** The single machine's command. */
    void gazecheck(StartedProcesses processes, String command, String run) throws Exception {
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
        Started started = processes.java(
                command + "-" + run, Map.of("OMP_NUM_THREADS", "2", "OMP_WAIT_POLICY", "PASSIVE"), arguments);
        assertEquals(0, started.await(SECONDS), started.said());
    }

    /** Arguments of a job of a run; a file of Parquet holds {@code imagesInFile}. */
    List<String> job(String command, String run, int imagesInFile, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command, configuration.toString(), "--rows", rows().toUri().toString()));
        arguments.addAll(List.of("--file-images", Integer.toString(imagesInFile)));
        arguments.addAll(folders(run));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private List<String> folders(String run) {
        return List.of("--set", "output.dir=" + run(run), "--set", "cache.dir=" + cache(run));
    }

    /** Files of a kind of row. */
    List<Path> parts(String kind) throws IOException {
        return found(rows().resolve(kind), ".*/split=[a-z]+/part-[^/]*\\.parquet");
    }

    static List<Path> found(Path folder, String expression) throws IOException {
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

    static long rows(List<Path> parts) throws IOException {
        long rows = 0;
        for (Path part : parts) {
            try (ParquetFileReader reader = ParquetFileReader.open(
                    HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(part.toUri()), new Configuration()))) {
                rows += reader.getRecordCount();
            }
        }
        return rows;
    }
}
