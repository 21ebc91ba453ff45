package org.gazecheck.train;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Head;
import org.gazecheck.network.engine.Engines;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Split;
import org.gazecheck.store.ShardRepair;
import org.gazecheck.store.Table;

/**
 * Trains heads on a network that stays as it is: the probe of the run's recipe, on the views of train that it always sees and on rows
 * that are added to them.
 */
public final class HeadTrainer implements AutoCloseable {
    private final TrainingInputs inputs;
    private final Progress progress;
    private final Trainer trainer;
    private final Table features;
    private final RelatedFits related = new RelatedFits();

    private HeadTrainer(TrainingInputs inputs, Progress progress, Trainer trainer, Table features) {
        this.inputs = inputs;
        this.progress = progress;
        this.trainer = trainer;
        this.features = features;
    }

    /** A head, and the L2 strength that it was fitted with. */
    public record Fitted(double l2, Head head) {}

    public static HeadTrainer open(TrainingInputs inputs, Progress progress) throws IOException {
        ComputeSettings compute = inputs.configuration().compute();
        Engine engine = Engine.of(compute.inference());
        Preprocessing preprocessing = Preprocessing.at(
                inputs.configuration().model().size(), inputs.backbone().normalisation());
        Trainer trainer =
                new Trainer(inputs, plan -> Engines.open(inputs.backbone(), plan, engine, compute.threads()), progress);
        return new HeadTrainer(
                inputs,
                progress,
                trainer,
                FrozenRows.features(inputs.store(), inputs.backbone(), engine, preprocessing));
    }

    /**
     * Fits one head a strength of the recipe, started from that of the call before.
     *
     * @param added rows of features [n][d]
     * @param labels [n] of those
     * @param weight of all that is added together, as a multiple of that of all views of train
     */
    public List<Fitted> fit(float[][] added, int[] labels, double weight) throws IOException {
        TrainSettings.Probe recipe = inputs.configuration().train().probe();
        int classes = inputs.dataset().classes().size();
        return repaired(() -> {
            Probe.Examples views = trainer.examples(features, inputs.dataset().of(Split.TRAIN), trainer.probeViews());
            int n = views.labels().length;
            int[] all = Arrays.copyOf(views.labels(), n + labels.length);
            System.arraycopy(labels, 0, all, n, labels.length);
            FeatureRows rows = (index, out, offset) -> {
                if (index < n) {
                    views.rows().read(index, out, offset);
                } else {
                    System.arraycopy(added[index - n], 0, out, offset, views.width());
                }
            };
            double[] weights = weights(n, labels.length, weight);
            return Probe.path(new Probe.Examples(rows, views.width(), all), weights, classes, recipe, related, progress)
                    .stream()
                    .map(strength -> new Fitted(strength.l2(), strength.head()))
                    .toList();
        });
    }

    /**
     * Fits one head a strength, on views of some images alone.
     *
     * @param items images of train
     * @param weights [items], above 0
     */
    public List<Fitted> fit(List<Dataset.Item> items, double[] weights, TrainSettings.Probe recipe) throws IOException {
        List<View> views = trainer.probeViews();
        double mean = Arrays.stream(weights).average().orElseThrow();
        double[] ofRows = new double[items.size() * views.size()];
        Arrays.setAll(ofRows, row -> weights[row / views.size()] / mean);
        int classes = inputs.dataset().classes().size();
        return repaired(
                () -> Probe.path(trainer.examples(features, items, views), ofRows, classes, recipe, progress).stream()
                        .map(strength -> new Fitted(strength.l2(), strength.head()))
                        .toList());
    }

    /** [views + added], 1 on average. */
    static double[] weights(int views, int added, double weight) {
        double of = added == 0 ? 0 : weight;
        double[] weights = new double[views + added];
        double mean = (double) (views + added) / (1 + of);
        Arrays.fill(weights, 0, views, mean / views);
        Arrays.fill(weights, views, weights.length, added == 0 ? 0 : of * mean / added);
        return weights;
    }

    /** Features of the images of val as they are, [n][d], in the data set's order. */
    public float[][] ofVal() throws IOException {
        return repaired(() -> {
            Probe.Examples val = trainer.examples(features, inputs.dataset().of(Split.VAL), List.of(View.PLAIN));
            float[][] rows = new float[val.labels().length][val.width()];
            for (int i = 0; i < rows.length; i++) {
                val.rows().read(i, rows[i], 0);
            }
            return rows;
        });
    }

    private <T> T repaired(ShardRepair.Work<T> reading) throws IOException {
        return ShardRepair.of(
                List.of(features), () -> trainer.computeFrozen(features, null, Optional.empty()), reading);
    }

    @Override
    public void close() throws IOException {
        related.close();
        features.close();
    }
}
