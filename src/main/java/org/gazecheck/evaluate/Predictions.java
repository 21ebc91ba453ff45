package org.gazecheck.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
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
            Dataset.Item item = items.get(i);
            int row = i * logits.classes();
            List<Ranked> top = ranked(logits, probabilities, i, TOP);
            Ranked first = top.get(0);
            predictions.add(new Prediction(
                    item.path(),
                    item.sha256(),
                    item.split(),
                    item.labelled() ? classes.get(item.label()) : "",
                    classes.get(first.index()),
                    item.labelled() ? probabilities[row + item.label()] : Float.NaN,
                    first.probability(),
                    item.labelled() ? logits.rank(i, item.label()) : 0,
                    top));
        }
        return predictions;
    }

    /**
     * The best classes of one image, best first; of equal ones the lower comes first.
     *
     * @param probabilities [images, classes]
     * @param most how many, at most
     */
    public static List<Ranked> ranked(Logits logits, float[] probabilities, int image, int most) {
        int row = image * logits.classes();
        return IntStream.range(0, logits.classes())
                .boxed()
                .sorted(Comparator.comparing((Integer c) -> -logits.values()[row + c])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .map(c -> new Ranked(c, probabilities[row + c]))
                .toList();
    }
}
