package org.gazecheck.mitigate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.gazecheck.audit.intervention.EditedImage;
import org.gazecheck.audit.intervention.ShortcutImages;
import org.gazecheck.network.Head;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.MitigationTraining.Choice;
import org.gazecheck.results.Split;
import org.gazecheck.train.HeadTrainer;
import org.gazecheck.train.TrainingInputs;
import org.jspecify.annotations.Nullable;

/**
 * Trains the head again, on the views that it was trained on and on counterfactual images of train, while the rest of the network stays
 * as it is (Kirichenko, Izmailov and Wilson 2023, "Last layer re-training is sufficient for robustness to spurious correlations"; with
 * backgrounds swapped as by Xiao et al. 2021). How many counterfactual images, at what weight and with what L2 strength is chosen by the
 * worst of the {@link Cells} of val.
 */
final class HeadMitigation {
    /** Counterfactual images of an image that are tried. */
    private static final int[] COUNTS = {2, 4};

    /** Weights of all counterfactual images together that are tried, of that of all views. */
    private static final double[] WEIGHTS = {0.5, 1, 2};

    private final ShortcutImages images;
    private final Progress progress;

    HeadMitigation(ShortcutImages images, Progress progress) {
        this.images = images;
        this.progress = progress;
    }

    /**
     * What was chosen, and of what.
     *
     * @param cells of val, by which it was
     */
    record Chosen(Head head, Choice choice, List<Choice> choices, Cells cells) {}

    /** @param training whose backbone, but for its head, is that of the network that is mended */
    Chosen train(TrainingInputs training) throws IOException {
        List<EditedImage> ofVal = images.ofVal();
        List<EditedImage> ofTrain = images.ofTrain(COUNTS[COUNTS.length - 1]);
        float[][] added = images.features(ofTrain, "counterfactual images of train");
        float[][] valued = images.features(ofVal, "counterfactual images of val");
        List<Choice> choices = new ArrayList<>();
        @Nullable Head best = null;
        int chosen = 0;
        try (HeadTrainer trainer = HeadTrainer.open(training, progress)) {
            Cells cells = Cells.of(training.dataset().of(Split.VAL), trainer.ofVal(), ofVal, valued);
            for (int count : COUNTS) {
                int rows = (int) ((long) ofTrain.size() * count / COUNTS[COUNTS.length - 1]);
                int[] labels = ofTrain.subList(0, rows).stream()
                        .mapToInt(edited -> edited.item().label())
                        .toArray();
                for (double weight : WEIGHTS) {
                    for (HeadTrainer.Fitted fitted : trainer.fit(Arrays.copyOf(added, rows), labels, weight)) {
                        Cells.Score score = cells.score(fitted.head());
                        choices.add(
                                new Choice(count, weight, fitted.l2(), score.worst(), score.mean(), score.logLoss()));
                        if (best == null || score.betterThan(score(choices.get(chosen)))) {
                            best = fitted.head();
                            chosen = choices.size() - 1;
                        }
                    }
                    progress.message(text(choices.get(choices.size() - 1)));
                }
            }
            return new Chosen(Objects.requireNonNull(best), choices.get(chosen), choices, cells);
        }
    }

    private static Cells.Score score(Choice choice) {
        return new Cells.Score(choice.worst(), choice.mean(), choice.logLoss());
    }

    private static String text(Choice choice) {
        return String.format(
                Locale.ROOT,
                "%d counterfactual images an image at weight %s, L2 %s: worst cell of val %.1f %%, mean %.1f %%",
                choice.counterfactuals(),
                choice.weight(),
                choice.l2(),
                100 * choice.worst(),
                100 * choice.mean());
    }
}
