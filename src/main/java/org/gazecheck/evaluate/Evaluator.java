package org.gazecheck.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.config.EvaluateSettings;
import org.gazecheck.data.Dataset;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
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
import org.gazecheck.store.Store;
import org.gazecheck.store.Table;

/**
 * Predicts val, test and what is new, measures each, and keeps the heatmaps and features that come with the forward pass. Rows are
 * read from the store one by one, for each of these steps again; in memory are predictions and what the figures are made of,
 * some 500 bytes an image, and the scores of a small val.
 */
public final class Evaluator {
    private static final List<Split> EVALUATED = List.of(Split.VAL, Split.TEST, Split.NEW);

    /** Scores of val up to which they are held in memory while the temperature is fitted, which reads them 160 times: 64 MB. */
    private static final long HELD = 1 << 24;

    private final EvaluationInputs inputs;
    private final long held;
    private final String method;
    private final List<String> classes;

    private Evaluator(EvaluationInputs inputs, long held) {
        this.inputs = inputs;
        this.held = held;
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
        return evaluate(inputs, HELD, progress);
    }

    /** @param held scores of val up to which they are held in memory */
    static double evaluate(EvaluationInputs inputs, long held, Progress progress) throws IOException {
        return new Evaluator(inputs, held).evaluate(progress);
    }

    /** Where an evaluation looks for its rows: what lies there is not computed again. */
    public static Table rows(Store store, ImageScores scores) throws IOException {
        return ScoredImages.open(store, scores);
    }

    private double evaluate(Progress progress) throws IOException {
        List<Dataset.Item> items = new ArrayList<>();
        EVALUATED.forEach(split -> items.addAll(inputs.dataset().of(split)));
        if (items.isEmpty()) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA, "there are no images in val, test or new: nothing can be evaluated");
        }
        try (ScoredImages scored = new ScoredImages(inputs)) {
            return scored.compute(items, progress, () -> readAndWrite(scored, items));
        }
    }

    private double readAndWrite(ScoredImages scored, List<Dataset.Item> items) throws IOException {
        writeMaps(scored, items);
        try {
            Optional<Calibration> calibration = calibration(scored);
            OptionalDouble temperature = calibration.map(Evaluator::taken).orElseGet(this::temperatureOfOtherRun);
            List<SplitAnswers> answers = predict(scored, items, temperature);
            SplitMetrics[] metrics = new SplitMetrics[EVALUATED.size()];
            for (int s = 0; s < metrics.length; s++) {
                metrics[s] = answers.get(s).metrics(classes, bootstrap(EVALUATED.get(s)));
            }
            MetricsFile.write(
                    inputs.folder().metrics(),
                    new Metrics(metrics[0], metrics[1], metrics[2], calibration.orElse(null)));
            return temperature.orElse(1);
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private void writeMaps(ScoredImages scored, List<Dataset.Item> items) throws IOException {
        int n = items.size();
        ScoresRow kind = scored.kind();
        int area = kind.height() * kind.width();
        float[] row = new float[kind.rowLength()];
        try (NpyWriter predicted = new NpyWriter(map(kind, MapTarget.PREDICTED), n, kind.height(), kind.width());
                NpyWriter ofTrue = new NpyWriter(map(kind, MapTarget.TRUE), n, kind.height(), kind.width());
                NpyWriter features = new NpyWriter(inputs.folder().features(), n, kind.features())) {
            for (int i = 0; i < n; i++) {
                scored.read(items.get(i), row);
                Logits.requireFinite(row, 0, classes.size(), i);
                predicted.append(row, kind.mapFrom(MapTarget.PREDICTED), area);
                ofTrue.append(row, kind.mapFrom(MapTarget.TRUE), area);
                features.append(row, kind.featuresFrom(), kind.features());
            }
        }
    }

    private Path map(ScoresRow kind, MapTarget target) {
        return inputs.folder().map(method, kind.layer(), target);
    }

    /** Writes predictions and probabilities, and keeps of each image what its split's figures are made of. */
    private List<SplitAnswers> predict(ScoredImages scored, List<Dataset.Item> items, OptionalDouble temperature)
            throws IOException {
        ClassScores logits = scored.logits(items);
        float[] scores = new float[classes.size()];
        float[] probabilities = new float[classes.size()];
        double[] log = new double[classes.size()];
        List<SplitAnswers> answers = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        try (NpyWriter out = new NpyWriter(inputs.folder().probabilities(), items.size(), classes.size())) {
            int image = 0;
            for (Split split : EVALUATED) {
                SplitAnswers ofSplit = new SplitAnswers(inputs.dataset().of(split), classes.size(), temperature);
                for (Dataset.Item item : inputs.dataset().of(split)) {
                    logits.read(image++, scores);
                    Logits.probabilities(scores, 0, temperature.orElse(1), log, probabilities);
                    out.append(probabilities);
                    predictions.add(Predictions.of(scores, probabilities, 0, item, classes));
                    ofSplit.add(item, scores, log);
                }
                answers.add(ofSplit);
            }
        }
        PredictionsFile.write(inputs.folder().predictions(), predictions);
        return answers;
    }

    /** Empty where no temperature is asked for, or there is none of the training's and no val to fit one on. */
    private Optional<Calibration> calibration(ScoredImages scored) {
        List<Dataset.Item> val = inputs.dataset().of(Split.VAL);
        if (!inputs.configuration().evaluate().temperature()) {
            return Optional.empty();
        }
        if (inputs.calibration().isPresent() || val.isEmpty()) {
            return inputs.calibration();
        }
        ClassScores logits = scored.logits(val);
        return Optional.of(TemperatureScaling.choose(
                (long) val.size() * classes.size() <= held ? Logits.of(logits) : logits,
                val.stream().mapToInt(Dataset.Item::label).toArray(),
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
}
