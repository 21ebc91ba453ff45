package org.gazecheck.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.gazecheck.config.EvaluateSettings;
import org.gazecheck.data.Dataset;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyWriter;
import org.gazecheck.network.Network;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.Split;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.Purpose;
import org.jspecify.annotations.Nullable;

/** Predicts val, test and what is new, measures each, and keeps the heatmaps and features that come with the forward pass. */
public final class Evaluator {
    private static final List<Split> EVALUATED = List.of(Split.VAL, Split.TEST, Split.NEW);

    private final EvaluationInputs inputs;
    private final String method;
    private final List<String> classes;

    private Evaluator(EvaluationInputs inputs) {
        this.inputs = inputs;
        this.method = method(inputs.network());
        this.classes = inputs.dataset().classes();
    }

    /** Name of the method of the maps at the last layer, in file names: gradcam, or eigencam where there are no gradients. */
    public static String method(Network network) {
        return LayerTap.method(network, network.lastLayer());
    }

    /**
     * Writes {@code predictions.csv}, {@code probabilities.npy}, {@code features.npy}, {@code metrics.json} and the maps.
     *
     * @return the temperature that logits were divided by; 1 for none
     */
    public static double evaluate(EvaluationInputs inputs, Progress progress) throws IOException {
        return new Evaluator(inputs).evaluate(progress);
    }

    private double evaluate(Progress progress) throws IOException {
        List<Dataset.Item> items = new ArrayList<>();
        EVALUATED.forEach(split -> items.addAll(inputs.dataset().of(split)));
        if (items.isEmpty()) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA, "there are no images in val, test or new: nothing can be evaluated");
        }
        float[] logits;
        try (ScoredImages scored = new ScoredImages(inputs)) {
            logits = scored.compute(items, progress, () -> readAndWrite(scored, items));
        }
        return measure(items, logits);
    }

    private float[] readAndWrite(ScoredImages scored, List<Dataset.Item> items) throws IOException {
        int n = items.size();
        int area = scored.height() * scored.width();
        float[] logits = new float[Math.multiplyExact(n, classes.size())];
        float[] row = new float[scored.rowLength()];
        String layer = scored.layer();
        int length = inputs.network().features();
        try (NpyWriter predicted = new NpyWriter(
                        inputs.folder().map(method, layer, MapTarget.PREDICTED), n, scored.height(), scored.width());
                NpyWriter ofTrue = new NpyWriter(
                        inputs.folder().map(method, layer, MapTarget.TRUE), n, scored.height(), scored.width());
                NpyWriter features = new NpyWriter(inputs.folder().features(), n, length)) {
            for (int i = 0; i < n; i++) {
                scored.read(items.get(i), row);
                System.arraycopy(row, 0, logits, i * classes.size(), classes.size());
                predicted.append(row, classes.size(), area);
                ofTrue.append(row, classes.size() + area, area);
                features.append(row, classes.size() + 2 * area, length);
            }
        }
        return logits;
    }

    private double measure(List<Dataset.Item> items, float[] values) throws IOException {
        Optional<Calibration> calibration = calibration(items, values);
        OptionalDouble temperature = calibration.map(Evaluator::taken).orElseGet(this::temperatureOfOtherRun);
        Logits all = logits(values, 0, items.size());
        float[] probabilities = all.probabilities(temperature.orElse(1));
        List<Prediction> predictions = Predictions.of(all, probabilities, items, classes);
        SplitMetrics[] metrics = new SplitMetrics[EVALUATED.size()];
        int from = 0;
        for (int s = 0; s < metrics.length; s++) {
            int n = inputs.dataset().of(EVALUATED.get(s)).size();
            metrics[s] = metrics(EVALUATED.get(s), items.subList(from, from + n), logits(values, from, n), temperature);
            from += n;
        }
        PredictionsFile.write(inputs.folder().predictions(), predictions);
        Npy.write(inputs.folder().probabilities(), probabilities, items.size(), classes.size());
        MetricsFile.write(
                inputs.folder().metrics(), new Metrics(metrics[0], metrics[1], metrics[2], calibration.orElse(null)));
        return temperature.orElse(1);
    }

    /** Of the labelled images of a split; absent where there are none. */
    private @Nullable SplitMetrics metrics(
            Split split, List<Dataset.Item> items, Logits scores, OptionalDouble temperature) {
        int[] labelled = IntStream.range(0, items.size())
                .filter(i -> items.get(i).labelled())
                .toArray();
        if (labelled.length == 0) {
            return null;
        }
        int width = classes.size();
        float[] values = new float[labelled.length * width];
        int[] labels = new int[labelled.length];
        for (int i = 0; i < labelled.length; i++) {
            System.arraycopy(scores.values(), labelled[i] * width, values, i * width, width);
            labels[i] = items.get(labelled[i]).label();
        }
        return MetricsCalculator.of(
                new Logits(labels.length, width, values), labels, classes, temperature, bootstrap(split));
    }

    /** Empty where no temperature is asked for, or there is none of the training's and no val to fit one on. */
    private Optional<Calibration> calibration(List<Dataset.Item> items, float[] values) {
        int val = inputs.dataset().of(Split.VAL).size();
        if (!inputs.configuration().evaluate().temperature()) {
            return Optional.empty();
        }
        if (inputs.calibration().isPresent() || val == 0) {
            return inputs.calibration();
        }
        return Optional.of(TemperatureScaling.choose(
                logits(values, 0, val),
                labels(items.subList(0, val)),
                inputs.randomness().of(Purpose.TEMPERATURE.stream(), 0)));
    }

    private OptionalDouble temperatureOfOtherRun() {
        return inputs.configuration().evaluate().temperature() ? inputs.temperature() : OptionalDouble.empty();
    }

    private static OptionalDouble taken(Calibration calibration) {
        return calibration.refusal() == null ? OptionalDouble.of(calibration.fitted()) : OptionalDouble.empty();
    }

    private Bootstrap bootstrap(Split split) {
        EvaluateSettings settings = inputs.configuration().evaluate();
        return new Bootstrap(settings.bootstrap(), inputs.randomness(), Purpose.METRICS.about(split.text()));
    }

    private Logits logits(float[] values, int from, int n) {
        int width = classes.size();
        return new Logits(n, width, Arrays.copyOfRange(values, from * width, (from + n) * width));
    }

    private static int[] labels(List<Dataset.Item> items) {
        return items.stream().mapToInt(Dataset.Item::label).toArray();
    }
}
