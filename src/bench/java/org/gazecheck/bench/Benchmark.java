package org.gazecheck.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.dl4j.NativeAcceleration;
import org.gazecheck.network.engine.Engines;
import org.gazecheck.train.TrainingStepContender;

/**
 * Gazecheck beside PyTorch, interleaved: in every round each contender works for about as long, one after the other, so
 * that what else happens on the machine meets all of them. A ratio is PyTorch's time by Gazecheck's, of the medians.
 */
public final class Benchmark {
    private static final double SLICE = 0.7;
    private static final double SAME = 2e-3;

    private final Path folder;
    private final Material material;
    private final int threads;
    private final int rounds;
    private final String python;
    private final Path script;

    private Benchmark(Path folder, Material material, int threads, int rounds, String python, Path script) {
        this.folder = folder;
        this.material = material;
        this.threads = threads;
        this.rounds = rounds;
        this.python = python;
        this.script = script;
    }

    /** @param arguments the worker script, rounds, then names of tasks; without names all */
    public static void main(String[] arguments) throws Exception {
        Path script = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        List<String> names = List.of(arguments).subList(2, arguments.length);
        int threads = Integer.parseInt(System.getenv("OMP_NUM_THREADS"));
        String python = System.getenv().getOrDefault("GAZECHECK_PYTHON", "/usr/bin/python3");
        Path folder = Files.createTempDirectory("gazecheck-bench");
        try {
            Material material = Material.draw(224, 288);
            material.write(folder);
            say("Gazecheck: %s; %s", Engines.describe(Engine.ONNX), NativeAcceleration.describe());
            Benchmark benchmark = new Benchmark(folder, material, threads, rounds, python, script);
            Map<Task, List<Double>> ratios = new LinkedHashMap<>();
            for (Task task : Task.values()) {
                if (names.isEmpty() || names.contains(task.text())) {
                    List<Double> found = new ArrayList<>();
                    if (task == Task.JOB) {
                        found.add(JobComparison.prepare(material, folder, python, threads)
                                .ratio(rounds));
                    }
                    if (task == Task.GRADCAM_EXTERNAL || task == Task.GRADCAM_EXTERNAL_EARLY) {
                        found.addAll(
                                ExternalComparison.ratios(task, folder, python, script, threads, benchmark::compare));
                    }
                    for (Workload workload : Workload.of(task)) {
                        found.add(benchmark.compare(workload));
                    }
                    ratios.put(task, found);
                }
            }
            ratios.forEach((task, found) -> say("ratio %s %.2f    %s", task.text(), mean(found), task.demand()));
        } finally {
            delete(folder);
        }
    }

    private static double mean(List<Double> ratios) {
        return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElseThrow());
    }

    private double compare(Workload workload) throws Exception {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        try {
            contenders.put("gazecheck", gazecheck(workload));
            for (String layout : TorchWorker.layouts()) {
                TorchWorker worker = TorchWorker.start(python, script, threads);
                contenders.put("torch " + layout, worker);
                worker.open(workload, layout, folder, material.labels(workload.batch()));
            }
            String what = String.format(
                    Locale.ROOT, "%-15s %d px, batch %2d", workload.task().text(), workload.size(), workload.batch());
            return compare(what, workload.batch(), contenders);
        } finally {
            contenders.values().forEach(Contender::close);
        }
    }

    private Contender gazecheck(Workload workload) throws Exception {
        return workload.task() == Task.FINETUNE_LAYER4
                ? new TrainingStepContender(material)
                : new ImagesContender(material, workload, threads);
    }

    private double compare(String what, Map<String, Contender> contenders) throws Exception {
        return compare(what, ExternalContender.BATCH, contenders);
    }

    private double compare(String what, int batch, Map<String, Contender> contenders) throws Exception {
        Map<String, Integer> iterations = new LinkedHashMap<>();
        Map<String, double[]> seconds = new LinkedHashMap<>();
        for (Map.Entry<String, Contender> each : contenders.entrySet()) {
            each.getValue().measure(2);
            double once = each.getValue().measure(1);
            iterations.put(each.getKey(), (int) Math.max(1, Math.round(SLICE / once)));
            seconds.put(each.getKey(), new double[rounds]);
        }
        check(what, contenders);
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Contender> each : contenders.entrySet()) {
                int n = iterations.get(each.getKey());
                seconds.get(each.getKey())[round] = each.getValue().measure(n) / n;
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        StringBuilder line = new StringBuilder(what + ":");
        seconds.forEach((name, values) -> {
            Arrays.sort(values);
            double median = values[rounds / 2];
            medians.put(name, median);
            line.append(String.format(
                    Locale.ROOT,
                    "  %s %.1f images/s (%.1f to %.1f)",
                    name,
                    batch / median,
                    batch / values[rounds - 1],
                    batch / values[0]));
        });
        double fastest = medians.entrySet().stream()
                .filter(each -> each.getKey().startsWith("torch"))
                .mapToDouble(Map.Entry::getValue)
                .min()
                .orElseThrow();
        double ratio = fastest / medians.get("gazecheck");
        say("%s  ratio %.2f", line, ratio);
        return ratio;
    }

    /** Fast and wrong does not count. */
    private static void check(String what, Map<String, Contender> contenders) throws Exception {
        Map<String, Tensor> ours = contenders.get("gazecheck").outputs();
        for (Map.Entry<String, Contender> each : contenders.entrySet()) {
            Map<String, Tensor> theirs = each.getValue().outputs();
            for (Map.Entry<String, Tensor> output : ours.entrySet()) {
                double difference = difference(output.getValue(), theirs.get(output.getKey()));
                if (!(difference < SAME)) {
                    throw new IllegalStateException(String.format(
                            Locale.ROOT,
                            "%s: %s of %s differs by %.2g of its range",
                            what,
                            output.getKey(),
                            each.getKey(),
                            difference));
                }
            }
        }
    }

    private static double difference(Tensor a, Tensor b) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < a.size(); i++) {
            low = Math.min(low, a.data()[i]);
            high = Math.max(high, a.data()[i]);
            most = Math.max(most, Math.abs(a.data()[i] - b.data()[i]));
        }
        return most / (high - low);
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    private static void delete(Path folder) throws Exception {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
