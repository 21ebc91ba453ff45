package org.gazecheck.pipeline;

import java.util.Locale;
import java.util.Optional;
import org.gazecheck.explain.ScoreWeights;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.network.Tensor;

/**
 * Which score of the logits maps explain, where classes have no names: a class is an index. Of one logit the second class (1) is
 * the positive one: its score is the logit, that of the first (0) minus the logit.
 *
 * @param rather index of a class; empty: the predicted one
 * @param than index of a class whose score is taken off
 */
record LogitTarget(Optional<Integer> rather, Optional<Integer> than, int logits) {
    private static final String PREDICTED = "predicted";

    /**
     * @param text predicted, true, contrast (predicted rather than true), or the index of a class
     * @param label index of the true class
     * @throws GazecheckException if there is no such class
     */
    static LogitTarget of(String text, Optional<String> label, int logits) throws GazecheckException {
        switch (text) {
            case PREDICTED -> {
                return new LogitTarget(Optional.empty(), Optional.empty(), logits);
            }
            case "true" -> {
                return new LogitTarget(Optional.of(index(given(text, label), logits)), Optional.empty(), logits);
            }
            case "contrast" -> {
                return new LogitTarget(Optional.empty(), Optional.of(index(given(text, label), logits)), logits);
            }
            default -> {
                return new LogitTarget(Optional.of(index(text, logits)), Optional.empty(), logits);
            }
        }
    }

    private static String given(String text, Optional<String> label) throws GazecheckException {
        return label.orElseThrow(
                () -> new GazecheckException(FailureKind.USAGE, "--target " + text + " needs --label, the true class"));
    }

    private static int index(String text, int logits) throws GazecheckException {
        int classes = classes(logits);
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) >= classes) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    "no class '" + text + "': with --tensor classes have no names, but indices from 0 to "
                            + (classes - 1) + (logits == 1 ? " (of one logit, 1 is the positive class)" : ""));
        }
        return Integer.parseInt(text);
    }

    private static int classes(int logits) {
        return Math.max(2, logits);
    }

    /** Index of the largest logit, of equal ones the first; of one logit 1 where it is positive, else 0. */
    static int predicted(Tensor logits, int row) {
        int numbers = logits.shape()[1];
        float[] data = logits.data();
        if (numbers == 1) {
            return data[row] > 0 ? 1 : 0;
        }
        int best = 0;
        for (int c = 1; c < numbers; c++) {
            best = data[row * numbers + c] > data[row * numbers + best] ? c : best;
        }
        return best;
    }

    /**
     * @param found logits of some rows, [n, logits]
     * @return weights of them, [n, logits]
     */
    Tensor weights(Tensor found) {
        int n = found.shape()[0];
        int[] plus = new int[n];
        int[] minus = new int[n];
        for (int i = 0; i < n; i++) {
            plus[i] = rather.orElse(predicted(found, i));
            minus[i] = than.orElse(0);
        }
        int classes = classes(logits);
        Tensor weights =
                than.isPresent() ? ScoreWeights.contrast(plus, minus, classes) : ScoreWeights.of(plus, classes);
        return logits == 1 ? ofOne(weights) : weights;
    }

    /** The score of the second class is the logit, that of the first minus the logit. */
    private static Tensor ofOne(Tensor two) {
        int n = two.shape()[0];
        float[] one = new float[n];
        for (int i = 0; i < n; i++) {
            one[i] = two.data()[2 * i + 1] - two.data()[2 * i];
        }
        return Tensor.of(one, n, 1);
    }

    String words(Tensor found, int row) {
        String first = "class " + rather.orElse(predicted(found, row));
        return than.map(other -> String.format(Locale.ROOT, "%s rather than class %d", first, other))
                .orElse(first);
    }
}
