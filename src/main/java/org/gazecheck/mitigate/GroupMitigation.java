package org.gazecheck.mitigate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageGroups;
import org.gazecheck.network.Head;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.LinearHead;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.MitigationTraining.Choice;
import org.gazecheck.results.Split;
import org.gazecheck.train.HeadTrainer;
import org.gazecheck.train.HeadTrainer.Fitted;
import org.gazecheck.train.TrainingInputs;
import org.jspecify.annotations.Nullable;

/**
 * Trains the head again, balanced over groups, while the rest of the network stays as it is: heads of several balanced samples of
 * train, averaged (deep feature reweighting: Kirichenko, Izmailov and Wilson 2023, "Last layer re-training is sufficient for robustness
 * to spurious correlations"). Samples and not weights: where classes can be separated, weights of images lose their effect the weaker
 * the regularisation (Byrd and Lipton 2019, "What is the effect of importance weighting in deep learning?"). The L2 strength is chosen
 * by the worst of the {@link Cells} of val.
 */
final class GroupMitigation {
    /** Strengths beyond those of the recipe that are tried, as multiples of its strongest: balanced samples are small. */
    private static final double[] STRONGER = {10, 100, 1000};

    private final ImageGroups groups;
    private final GroupSamples samples;
    private final Progress progress;

    GroupMitigation(ImageGroups groups, GroupSamples samples, Progress progress) {
        this.groups = groups;
        this.samples = samples;
        this.progress = progress;
    }

    /** @param training whose backbone, but for its head, is that of the network that is mended */
    HeadMitigation.Chosen train(TrainingInputs training) throws IOException {
        TrainSettings.Probe recipe = strengths(training.configuration().train().probe());
        try (HeadTrainer trainer = HeadTrainer.open(training, progress)) {
            Cells cells = cells(training.dataset().of(Split.VAL), trainer.ofVal());
            Map<Double, List<Head>> heads = new LinkedHashMap<>();
            for (int i = 0; i < samples.count(); i++) {
                GroupSamples.Sample sample = samples.sample(i);
                for (Fitted fitted : trainer.fit(sample.items(), sample.weights(), recipe)) {
                    heads.computeIfAbsent(fitted.l2(), l2 -> new ArrayList<>()).add(fitted.head());
                }
            }
            return chosen(heads, cells);
        }
    }

    private HeadMitigation.Chosen chosen(Map<Double, List<Head>> heads, Cells cells) {
        List<Choice> choices = new ArrayList<>();
        Cells.@Nullable Score highest = null;
        @Nullable Head best = null;
        int chosen = 0;
        for (Map.Entry<Double, List<Head>> strength : heads.entrySet()) {
            Head head = mean(strength.getValue());
            Cells.Score score = cells.score(head);
            choices.add(new Choice(0, 0, strength.getKey(), score.worst(), score.mean(), score.logLoss()));
            progress.message(String.format(
                    Locale.ROOT,
                    "balanced over groups, L2 %s: worst cell of val %.1f %%, mean %.1f %%",
                    strength.getKey(),
                    100 * score.worst(),
                    100 * score.mean()));
            if (highest == null || score.betterThan(highest)) {
                highest = score;
                best = head;
                chosen = choices.size() - 1;
            }
        }
        return new HeadMitigation.Chosen(Objects.requireNonNull(best), choices.get(chosen), choices, cells);
    }

    /** Of the images of val that have a group. */
    private Cells cells(List<Dataset.Item> val, float[][] features) {
        List<Dataset.Item> named = new ArrayList<>();
        List<String> of = new ArrayList<>();
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < features.length; i++) {
            Dataset.Item item = val.get(i);
            float[] row = features[i];
            groups.of(item).ifPresent(group -> {
                named.add(item);
                of.add(group);
                rows.add(row);
            });
        }
        return Cells.ofGroups(named, of, rows.toArray(float[][]::new));
    }

    private static TrainSettings.Probe strengths(TrainSettings.Probe recipe) {
        TreeSet<Double> strengths = new TreeSet<>(Collections.reverseOrder());
        strengths.addAll(recipe.l2());
        double strongest = strengths.first();
        for (double times : STRONGER) {
            strengths.add(strongest * times);
        }
        return new TrainSettings.Probe(
                recipe.features(), recipe.smoothing(), List.copyOf(strengths), recipe.maxIterations());
    }

    /** Weight by weight; logits are linear in these. */
    static Head mean(List<Head> heads) {
        Head first = heads.get(0);
        double[] weight = new double[first.weight().length];
        double[] bias = new double[first.classes()];
        for (Head head : heads) {
            add(head.weight(), weight);
            add(head.bias(), bias);
        }
        float[] meanWeight = divided(weight, heads.size());
        float[] meanBias = divided(bias, heads.size());
        return first instanceof HellingerHead hellinger
                ? new HellingerHead(meanWeight, meanBias, hellinger.epsilon())
                : new LinearHead(meanWeight, meanBias);
    }

    private static void add(float[] values, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += values[i];
        }
    }

    private static float[] divided(double[] sums, int by) {
        float[] values = new float[sums.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (sums[i] / by);
        }
        return values;
    }
}
