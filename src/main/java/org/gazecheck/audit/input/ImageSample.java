package org.gazecheck.audit.input;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gazecheck.data.Dataset;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/** Draws images evenly from the classes. */
public final class ImageSample {
    private ImageSample() {}

    /**
     * Takes the classes in turn, each in an order of its own, until there are enough. A larger sample holds a smaller one.
     *
     * @param most how many at most
     * @return in the order of {@code items}
     */
    public static List<Dataset.Item> draw(Randomness randomness, List<Dataset.Item> items, int most) {
        Map<Integer, List<Dataset.Item>> byClass = new TreeMap<>();
        for (Dataset.Item item : items) {
            byClass.computeIfAbsent(item.label(), label -> new ArrayList<>()).add(item);
        }
        byClass.values().forEach(list -> shuffle(randomness, list));
        Set<Dataset.Item> drawn = new HashSet<>();
        int wanted = Math.min(most, items.size());
        for (int turn = 0; drawn.size() < wanted; turn++) {
            for (List<Dataset.Item> list : byClass.values()) {
                if (turn < list.size() && drawn.size() < wanted) {
                    drawn.add(list.get(turn));
                }
            }
        }
        return items.stream().filter(drawn::contains).toList();
    }

    private static void shuffle(Randomness randomness, List<Dataset.Item> list) {
        Map<Dataset.Item, Long> order = new HashMap<>();
        for (Dataset.Item item : list) {
            order.put(
                    item,
                    randomness
                            .of(Purpose.AUDIT_SAMPLE.stream(), 0, item.path(), item.sha256())
                            .nextLong());
        }
        list.sort(Comparator.comparing(order::get));
    }
}
