package org.gazecheck.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.BinomialTest;

/**
 * Whether predictions look as if the names of the classes stood in another order than the network's outputs: several classes that
 * are each called by the name of one other, no two by the same. The other names are chosen on every second image of a class
 * and held against its own name on the rest, in each split, by the exact binomial test.
 *
 * @param calledBy the name by which a class is called in place of its own
 * @param images of these classes on which it was held against the own name
 * @param other how many of them are called by the other name
 * @param own how many by their own
 */
public record LabelOrder(Map<String, String> calledBy, int images, int other, int own) {
    private static final double LEVEL = 0.001;
    private static final int NAMED = 5;

    /** @return empty where the order gives no reason for doubt */
    public static Optional<LabelOrder> doubt(List<Prediction> predictions) {
        Map<String, List<Prediction>> byClass = predictions.stream()
                .filter(Prediction::labelled)
                .collect(Collectors.groupingBy(Prediction::label, TreeMap::new, Collectors.toList()));
        List<Prediction> held = new ArrayList<>();
        Map<String, String> mostly = new LinkedHashMap<>();
        byClass.forEach((label, images) -> {
            Map<String, Integer> names = new TreeMap<>();
            for (int i = 0; i < images.size(); i++) {
                if (i % 2 == 0) {
                    names.merge(images.get(i).predicted(), 1, Integer::sum);
                } else {
                    held.add(images.get(i));
                }
            }
            mostly.put(
                    label,
                    Collections.max(names.entrySet(), Map.Entry.comparingByValue(Comparator.naturalOrder()))
                            .getKey());
        });
        Map<String, String> moved = moved(mostly);
        boolean amongThemselves = moved.keySet().containsAll(moved.values());
        if (moved.size() < 2 || !amongThemselves && 2 * moved.size() < byClass.size()) {
            return Optional.empty();
        }
        LabelOrder all = count(moved, held);
        boolean inEach = held.stream()
                .map(Prediction::split)
                .distinct()
                .map(split -> count(moved, ofSplit(held, split)))
                .allMatch(part -> part.images == 0 || part.other > part.own);
        return inEach && 2 * all.other >= all.images && BinomialTest.atMost(all.own, all.own + all.other, 0.5) <= LEVEL
                ? Optional.of(all)
                : Optional.empty();
    }

    private static Map<String, String> moved(Map<String, String> mostly) {
        Map<String, String> moved = new LinkedHashMap<>();
        mostly.forEach((label, name) -> {
            if (!name.equals(label) && Collections.frequency(mostly.values(), name) == 1) {
                moved.put(label, name);
            }
        });
        return moved;
    }

    private static List<Prediction> ofSplit(List<Prediction> predictions, Split split) {
        return predictions.stream().filter(p -> p.split() == split).toList();
    }

    private static LabelOrder count(Map<String, String> moved, List<Prediction> predictions) {
        List<Prediction> ofMoved =
                predictions.stream().filter(p -> moved.containsKey(p.label())).toList();
        int other = (int) ofMoved.stream()
                .filter(p -> p.predicted().equals(moved.get(p.label())))
                .count();
        int own = (int) ofMoved.stream().filter(Prediction::correct).count();
        return new LabelOrder(moved, ofMoved.size(), other, own);
    }

    /** One sentence that ends without a full stop, such as for a warning. */
    public String text() {
        String names = calledBy.entrySet().stream()
                .limit(NAMED)
                .map(e -> "images of " + Printable.of(e.getKey()) + " are called " + Printable.of(e.getValue()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "the labels may stand in another order than the network's outputs: of %d classes each is called by the name of"
                        + " one other (%s%s), %d of %d images, and %d by their own: hold external.labels (--labels) against"
                        + " the list that the network was trained with",
                calledBy.size(),
                names,
                calledBy.size() > NAMED ? ", ..." : "",
                other,
                images,
                own);
    }
}
