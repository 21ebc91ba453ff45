package org.gazecheck.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gazecheck.data.Dataset;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Prediction.Ranked;

/** The lines of {@code predictions.csv}, from scores. */
public final class Predictions {
    private static final int TOP = 5;

    private Predictions() {}

    /**
     * One prediction an image. Ranks follow the scores (of equal ones the lower class comes first), so rounding of
     * probabilities changes none.
     *
     * @param items the images that the scores' rows are of
     * @param probabilities [images, classes], of {@link Logits#probabilities}
     */
    public static List<Prediction> of(
            Logits logits, float[] probabilities, List<Dataset.Item> items, List<String> classes) {
        if (items.size() != logits.images() || probabilities.length != logits.values().length) {
            throw new IllegalArgumentException(items.size() + " images, scores of " + logits.images());
        }
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            predictions.add(of(logits.values(), probabilities, i * logits.classes(), items.get(i), classes));
        }
        return predictions;
    }

    /**
     * Of one image.
     *
     * @param from where its scores and probabilities begin
     */
    static Prediction of(float[] scores, float[] probabilities, int from, Dataset.Item item, List<String> classes) {
        List<Ranked> top = ranked(scores, probabilities, from, classes.size(), TOP);
        Ranked first = top.get(0);
        return new Prediction(
                item.path(),
                item.sha256(),
                item.split(),
                item.labelled() ? classes.get(item.label()) : "",
                classes.get(first.index()),
                item.labelled() ? probabilities[from + item.label()] : Float.NaN,
                first.probability(),
                item.labelled() ? Logits.rank(scores, from, classes.size(), item.label()) : 0,
                top);
    }

    /**
     * The best classes of one image, best first; of equal ones the lower comes first.
     *
     * @param probabilities [images, classes]
     * @param most how many, at most
     */
    public static List<Ranked> ranked(Logits logits, float[] probabilities, int image, int most) {
        return ranked(logits.values(), probabilities, image * logits.classes(), logits.classes(), most);
    }

    private static List<Ranked> ranked(float[] scores, float[] probabilities, int from, int classes, int most) {
        int[] best = new int[Math.min(most, classes)];
        int found = 0;
        for (int c = 0; c < classes; c++) {
            int place = found;
            while (place > 0 && Float.compare(-scores[from + c], -scores[from + best[place - 1]]) < 0) {
                place--;
            }
            if (place < best.length) {
                found = Math.min(found + 1, best.length);
                System.arraycopy(best, place, best, place + 1, found - 1 - place);
                best[place] = c;
            }
        }
        return Arrays.stream(best)
                .mapToObj(c -> new Ranked(c, probabilities[from + c]))
                .toList();
    }
}
