package org.gazecheck.train;

import java.util.List;
import java.util.SplittableRandom;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * The batches of an epoch, made beside the computation: a random order of all training images, smoothed labels (Szegedy et
 * al. 2016), and mixup (Zhang et al. 2018) where asked for: {@code x = l x_i + (1 - l) x_j} and labels alike, one {@code
 * l ~ Beta(a, a)} a batch. On kept activations that is manifold mixup (Verma et al. 2019) at one fixed layer, not mixup
 * of images.
 */
final class Batches {
    private static final int THREADS = 2;
    private static final int AHEAD = 3;

    private final BatchSource source;
    private final TrainSettings.Finetune recipe;
    private final int classes;
    private final Randomness randomness;
    private final int length;

    /** @param inputs [n, c, h, w] */
    record Batch(float[] inputs, int n) {}

    /** @param labels [n, classes], each row a distribution */
    record Labelled(Batch images, float[] labels) {}

    Batches(BatchSource source, TrainSettings.Finetune recipe, int classes, Randomness randomness) {
        this.source = source;
        this.recipe = recipe;
        this.classes = classes;
        this.randomness = randomness;
        this.length = FrozenRows.length(source.shape());
    }

    /** Batches in an epoch; the last may be smaller. */
    int perEpoch() {
        return count(source.train().size());
    }

    private int count(int images) {
        return (images + recipe.batch() - 1) / recipe.batch();
    }

    /** Training batches of one epoch. */
    Prefetcher<Labelled> train(int epoch) {
        int[] order = shuffled(source.train().size(), randomness.of(Purpose.BATCH_ORDER.stream(), epoch));
        double[] lambda = new double[perEpoch()];
        if (recipe.mixup() > 0) {
            SplittableRandom random = randomness.of(Purpose.MIXUP.stream(), epoch);
            for (int b = 0; b < lambda.length; b++) {
                lambda[b] = BetaDistribution.draw(recipe.mixup(), recipe.mixup(), random);
            }
        }
        return new Prefetcher<>(THREADS, AHEAD, perEpoch(), b -> {
            int from = b * recipe.batch();
            int n = Math.min(recipe.batch(), order.length - from);
            float[] inputs = new float[n * length];
            float[] labels = new float[n * classes];
            for (int i = 0; i < n; i++) {
                source.readTrain(epoch, order[from + i], inputs, i * length);
                smooth(source.train().get(order[from + i]), labels, i * classes);
            }
            if (recipe.mixup() > 0) {
                mix(inputs, n, length, (float) lambda[b]);
                mix(labels, n, classes, (float) lambda[b]);
            }
            return new Labelled(new Batch(inputs, n), labels);
        });
    }

    /** All of val in order, plain views. */
    Prefetcher<Batch> val() {
        List<Dataset.Item> val = source.val();
        return new Prefetcher<>(THREADS, AHEAD, count(val.size()), b -> {
            int from = b * recipe.batch();
            int n = Math.min(recipe.batch(), val.size() - from);
            float[] inputs = new float[n * length];
            for (int i = 0; i < n; i++) {
                source.readVal(from + i, inputs, i * length);
            }
            return new Batch(inputs, n);
        });
    }

    private void smooth(Dataset.Item item, float[] labels, int offset) {
        for (int c = 0; c < classes; c++) {
            labels[offset + c] =
                    (float) (recipe.smoothing() / classes + (c == item.label() ? 1 - recipe.smoothing() : 0));
        }
    }

    /** Mixes every row with the one that stands as far from the other end. */
    static void mix(float[] rows, int n, int length, float lambda) {
        for (int i = 0, j = n - 1; i < j; i++, j--) {
            for (int k = 0; k < length; k++) {
                float a = rows[i * length + k];
                float b = rows[j * length + k];
                rows[i * length + k] = lambda * a + (1 - lambda) * b;
                rows[j * length + k] = lambda * b + (1 - lambda) * a;
            }
        }
    }

    /** Fisher and Yates' shuffle of 0..n-1. */
    static int[] shuffled(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
