package org.gazecheck.audit.quality;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.config.AuditSettings;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.data.Dataset;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Findings;
import org.gazecheck.results.HeatmapQuality;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * How good are the heatmaps themselves? On a seeded sample of test (val where there is no test), for the predicted
 * class: faithfulness beside maps that know nothing, randomisation of the weights, robustness under small perturbations.
 */
final class HeatmapQualityAudit {
    private static final int BATCH = 16;

    private final AuditInputs inputs;
    private final BuiltInNetwork network;
    private final Settings settings;
    private final Progress progress;

    private HeatmapQualityAudit(AuditInputs inputs, Settings settings, Progress progress) {
        this.inputs = inputs;
        this.network = (BuiltInNetwork) inputs.network();
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * What is tested.
     *
     * @param images of the sample; all where there are fewer
     * @param methods at least one
     * @param steps into which the curves of insertion and deletion are cut, at least 1
     */
    record Settings(int images, List<CamMethod> methods, int steps) {
        public Settings {
            methods = List.copyOf(methods);
        }

        static Settings of(AuditSettings.Trust quality) {
            List<CamMethod> methods =
                    quality.methods().stream().map(CamMethod::of).toList();
            return new Settings(quality.images(), methods, quality.steps());
        }
    }

    /** What was measured, and what stands out. */
    record Outcome(HeatmapQuality quality, Findings findings) {}

    /** Empty where no image is asked for, or none was predicted, and for external networks. */
    static Optional<Outcome> of(AuditInputs inputs, List<Prediction> predictions, Progress progress)
            throws IOException {
        Settings settings = Settings.of(inputs.configuration().audit().trust());
        List<Prediction> sample = sample(predictions, settings.images, inputs.randomness());
        if (sample.isEmpty()) {
            return Optional.empty();
        }
        if (!(inputs.network() instanceof BuiltInNetwork)) {
            progress.message(
                    "heatmaps: not tested, the weights of a network that others trained cannot be redrawn here");
            return Optional.empty();
        }
        HeatmapQuality quality = new HeatmapQualityAudit(inputs, settings, progress).run(sample);
        return Optional.of(new Outcome(quality, HeatmapQualityFindings.of(quality, inputs.method())));
    }

    /** Drawn by path and content, so that an image stays in the sample whatever else there is. */
    static List<Prediction> sample(List<Prediction> predictions, int most, Randomness randomness) {
        boolean test = predictions.stream().anyMatch(p -> p.split() == Split.TEST);
        Map<Prediction, Long> draws = new HashMap<>();
        for (Prediction p : predictions) {
            if (p.split() == (test ? Split.TEST : Split.VAL)) {
                draws.put(
                        p,
                        randomness
                                .of(Purpose.HEATMAP_SAMPLE.stream(), 0, p.path(), p.sha256())
                                .nextLong());
            }
        }
        return draws.keySet().stream()
                .sorted(Comparator.comparing((Prediction p) -> draws.get(p)).thenComparing(Prediction::path))
                .limit(most)
                .toList();
    }

    private HeatmapQuality run(List<Prediction> sample) throws IOException {
        int methods = settings.methods.size();
        HeatmapQualitySummary summary = new HeatmapQualitySummary(inputs.layer(), settings, inputs.randomness());
        try (TappedNetwork tapped = open(network);
                Progress.Task task = progress.start("test heatmaps", sample.size())) {
            HeatmapTests tests = HeatmapTests.of(frames(sample), targets(sample), tapped);
            double[][][] faithfulness = new double[methods + 2][Faithfulness.MEASURES.size()][sample.size()];
            for (int i = 0; i < sample.size(); i++) {
                Prediction p = sample.get(i);
                SplittableRandom random =
                        inputs.randomness().of(Purpose.HEATMAP_TEST.stream(), 0, p.path(), p.sha256());
                List<Faithfulness> found =
                        tests.faithfulness(i, tapped, network.normalisation(), settings.steps, random);
                for (int m = 0; m < found.size(); m++) {
                    double[] values = found.get(m).values();
                    for (int f = 0; f < values.length; f++) {
                        faithfulness[m][f][i] = values[f];
                    }
                }
                task.advance(1);
            }
            summary.faithfulness(faithfulness);
            for (Perturbation perturbation : Perturbation.values()) {
                summary.robustness(perturbation, tests.under(perturbation, tapped));
            }
            randomise(tests, summary);
        }
        return summary.quality();
    }

    private void randomise(HeatmapTests tests, HeatmapQualitySummary summary) {
        int steps = WeightRandomisation.steps(network.architecture()).size();
        SplittableRandom random = inputs.randomness().of(Purpose.RANDOMISED_WEIGHTS.stream(), 0);
        try (Progress.Task task = progress.start("randomise weights", steps)) {
            WeightRandomisation.cascade(network, random, (step, randomised) -> {
                try (TappedNetwork other = open(randomised)) {
                    summary.randomisation(step, tests.against(other));
                }
                task.advance(1);
            });
        }
    }

    private TappedNetwork open(BuiltInNetwork opened) {
        ComputeSettings compute = inputs.configuration().compute();
        Engine engine = Engine.of(compute.inference());
        return TappedNetwork.open(opened, inputs.layer(), settings.methods, engine, compute.threads(), BATCH);
    }

    private List<RgbImage> frames(List<Prediction> sample) throws IOException {
        Map<String, Dataset.Item> items = new HashMap<>();
        inputs.dataset().items().forEach(item -> items.put(item.path(), item));
        List<RgbImage> frames = new ArrayList<>();
        for (Prediction p : sample) {
            frames.add(inputs.images().frame(Objects.requireNonNull(items.get(p.path()), p.path())));
        }
        return frames;
    }

    private int[] targets(List<Prediction> sample) {
        return sample.stream()
                .mapToInt(p -> inputs.dataset().classes().indexOf(p.predicted()))
                .toArray();
    }
}
