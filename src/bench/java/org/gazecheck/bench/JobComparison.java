package org.gazecheck.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gazecheck.results.MetricsFile;

/**
 * The job from start to end, each time in a process of its own and from nothing: Gazecheck's run with
 * {@code train.recipe=probe}, to the report; PyTorch's {@code scripts/bench-torch-job.py}, to the heatmaps.
 */
final class JobComparison {
    private static final int SIDE = 480;
    private static final int TRAIN = 40;
    private static final int VAL = 10;
    private static final int TEST = 30;
    private static final double SAME_TOP1 = 0.03;

    private final Path folder;
    private final Path images;
    private final String python;
    private final int threads;
    private int runs;

    private JobComparison(Path folder, String python, int threads) {
        this.folder = folder;
        this.images = folder.resolve("images");
        this.python = python;
        this.threads = threads;
    }

    /** Draws the images and writes the weights. */
    static JobComparison prepare(Material material, Path folder, String python, int threads)
            throws IOException, InterruptedException {
        JobComparison job = new JobComparison(folder, python, threads);
        Path drawn = folder.resolve("drawn");
        Path demo = Path.of("config", "demo.yaml");
        job.gazecheck(
                "prepare",
                demo,
                "data.dir=" + drawn,
                "data.masks=" + folder.resolve("masks"),
                "data.drawn.size=" + SIDE,
                "data.drawn.train=" + TRAIN,
                "data.drawn.val=" + VAL,
                "data.drawn.test=" + TEST);
        JobImages.convert(drawn, job.images);
        SafetensorsFile.write(material.network(), job.weights());
        return job;
    }

    private Path weights() {
        return folder.resolve("weights.safetensors");
    }

    /** Seconds of each contender by name, and one line a run on standard output. */
    double ratio(int rounds) throws IOException, InterruptedException {
        Map<String, double[]> seconds = new LinkedHashMap<>();
        double[] top1 = new double[2];
        for (int round = 0; round < rounds; round++) {
            for (String name : contenders()) {
                long began = System.nanoTime();
                if (name.equals("gazecheck")) {
                    top1[0] = run();
                } else {
                    top1[1] = torch(name);
                }
                seconds.computeIfAbsent(name, key -> new double[rounds])[round] = (System.nanoTime() - began) * 1e-9;
            }
            if (Math.abs(top1[0] - top1[1]) > SAME_TOP1) {
                throw new IllegalStateException("top-1 on test is " + top1[0] + " and " + top1[1]);
            }
        }
        StringBuilder line =
                new StringBuilder(String.format(Locale.ROOT, "job             %d images:", 6 * (TRAIN + VAL + TEST)));
        Map<String, Double> medians = new LinkedHashMap<>();
        seconds.forEach((name, values) -> {
            Arrays.sort(values);
            medians.put(name, values[rounds / 2]);
            line.append(String.format(
                    Locale.ROOT,
                    "  %s %.1f s (%.1f to %.1f)",
                    name,
                    values[rounds / 2],
                    values[0],
                    values[rounds - 1]));
        });
        line.append(String.format(Locale.ROOT, "  top-1 %.3f and %.3f", top1[0], top1[1]));
        System.out.println(line);
        double own = medians.remove("gazecheck");
        return medians.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow() / own;
    }

    private static List<String> contenders() {
        List<String> names = new ArrayList<>(List.of("gazecheck"));
        TorchWorker.layouts().forEach(layout -> names.add("torch " + layout));
        return names;
    }

    /** Gazecheck's top-1 on test, 0..1. */
    private double run() throws IOException, InterruptedException {
        Path output = gazecheck(
                "run",
                Path.of("config", "folder.yaml"),
                "data.dir=" + images,
                "model.weights=" + weights(),
                "train.views.crops=0",
                "audit.interventions=0",
                "audit.estimateMasks=false",
                "audit.trust.images=0",
                "compute.threads=" + threads);
        return MetricsFile.read(output.resolve("metrics.json")).test().top1().value();
    }

    private double torch(String name) throws IOException, InterruptedException {
        Path out = Files.createDirectories(folder.resolve("job-" + runs++));
        execute(List.of(
                python,
                Path.of("scripts", "bench-torch-job.py").toString(),
                folder.toString(),
                name.substring("torch ".length()),
                images.toString(),
                out.toString()));
        return new ObjectMapper()
                .readTree(out.resolve("metrics.json").toFile())
                .get("top1")
                .asDouble();
    }

    private Path gazecheck(String command, Path configuration, String... settings)
            throws IOException, InterruptedException {
        Path output = folder.resolve("job-" + runs++);
        List<String> line = new ArrayList<>(List.of("./gazecheck", command, configuration.toString()));
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("output.dir=" + output);
        all.add("cache.dir=" + output.resolveSibling(output.getFileName() + "-cache"));
        all.forEach(setting -> line.addAll(List.of("--set", setting)));
        execute(line);
        return output;
    }

    private void execute(List<String> line) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        builder.environment().put("GAZECHECK_THREADS", Integer.toString(threads));
        Path log = folder.resolve("log-" + runs++);
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (process.waitFor() != 0) {
            throw new IOException(line + " failed:\n" + Files.readString(log));
        }
    }
}
