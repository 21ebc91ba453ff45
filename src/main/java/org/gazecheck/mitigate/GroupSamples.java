package org.gazecheck.mitigate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageGroups;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * Images of train, drawn so that each class has as many in one group as in another: of every cell of class and group as many as the
 * smallest has.
 */
final class GroupSamples {
    /** A cell with fewer images does not make the others as small: it gives what it has. */
    static final int FEW = 5;

    /** As many as by Kirichenko, Izmailov and Wilson. */
    private static final int SAMPLES = 10;

    private final Map<Cell, List<Dataset.Item>> cells = new TreeMap<>();
    private final Randomness randomness;
    private final int drawn;

    /** Images of a class in a group. */
    private record Cell(int label, String group) implements Comparable<Cell> {
        @Override
        public int compareTo(Cell other) {
            return Comparator.comparingInt(Cell::label)
                    .thenComparing(Cell::group)
                    .compare(this, other);
        }
    }

    /**
     * One sample.
     *
     * @param weights [items]: each class weighs as much as another, whatever it has in how many groups
     */
    record Sample(List<Dataset.Item> items, double[] weights) {}

    /** @param train images; those without a group are left out */
    GroupSamples(List<Dataset.Item> train, ImageGroups groups, Randomness randomness) {
        this.randomness = randomness;
        train.forEach(item -> groups.of(item)
                .ifPresent(group -> cells.computeIfAbsent(new Cell(item.label(), group), cell -> new ArrayList<>())
                        .add(item)));
        int smallest = cells.values().stream().mapToInt(List::size).min().orElseThrow();
        int largest = cells.values().stream().mapToInt(List::size).max().orElseThrow();
        this.drawn = Math.min(Math.max(smallest, FEW), largest);
    }

    /** How many of a cell are in a sample, where it has so many. */
    int drawn() {
        return drawn;
    }

    /** One where all samples would be the same. */
    int count() {
        return cells.values().stream().allMatch(cell -> cell.size() <= drawn) ? 1 : SAMPLES;
    }

    /** @param index below {@link #count} */
    Sample sample(int index) {
        List<Dataset.Item> items = new ArrayList<>();
        Map<Integer, Integer> ofClass = new HashMap<>();
        cells.forEach((cell, all) -> {
            List<Dataset.Item> some = some(all, index, cell);
            items.addAll(some);
            ofClass.merge(cell.label(), some.size(), Integer::sum);
        });
        double[] weights = items.stream()
                .mapToDouble(item -> 1.0 / ofClass.getOrDefault(item.label(), 1))
                .toArray();
        return new Sample(items, weights);
    }

    /** The first places of a shuffle (Fisher and Yates). */
    private List<Dataset.Item> some(List<Dataset.Item> all, int index, Cell cell) {
        if (all.size() <= drawn) {
            return all;
        }
        SplittableRandom random =
                randomness.of(Purpose.BALANCED_SAMPLES.about(cell.label() + " " + cell.group()), index);
        List<Dataset.Item> order = new ArrayList<>(all);
        for (int i = 0; i < drawn; i++) {
            int other = random.nextInt(i, order.size());
            Dataset.Item item = order.get(i);
            order.set(i, order.get(other));
            order.set(other, item);
        }
        return order.subList(0, drawn);
    }
}
