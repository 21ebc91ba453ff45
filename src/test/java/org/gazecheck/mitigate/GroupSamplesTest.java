package org.gazecheck.mitigate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageGroups;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.results.MitigationTraining.BalancedCell;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class GroupSamplesTest {
    private final List<Dataset.Item> items = new ArrayList<>();
    private final Map<String, String> groups = new HashMap<>();

    @Test
    void everyClassHasAsManyInEveryGroupAsTheSmallestCell() {
        add(Split.TRAIN, 0, "land", 30);
        add(Split.TRAIN, 0, "water", 6);
        add(Split.TRAIN, 1, "land", 9);
        add(Split.TRAIN, 1, "water", 40);
        add(Split.TRAIN, 1, "", 5);
        GroupSamples samples = samples();
        assertEquals(6, samples.drawn());
        assertEquals(10, samples.count());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < samples.count(); i++) {
            GroupSamples.Sample sample = samples.sample(i);
            Map<String, Long> sizes = sample.items().stream()
                    .collect(Collectors.groupingBy(
                            item -> item.label() + groups.get(item.path()), Collectors.counting()));
            assertEquals(Map.of("0land", 6L, "0water", 6L, "1land", 6L, "1water", 6L), sizes);
            assertEquals(24, new HashSet<>(sample.items()).size());
            assertArrayEquals(new double[24], difference(sample.weights(), 1.0 / 12), 0);
            assertEquals(sample.items(), samples().sample(i).items());
            sample.items().forEach(item -> seen.add(item.path()));
        }
        assertNotEquals(samples.sample(0).items(), samples.sample(1).items());
        assertTrue(seen.size() > 60, "samples differ in the large cells: " + seen.size());
    }

    @Test
    void aCellOfOneImageDoesNotMakeTheOthersAsSmallAndClassesWeighAlike() {
        add(Split.TRAIN, 0, "land", 30);
        add(Split.TRAIN, 0, "water", 1);
        add(Split.TRAIN, 1, "land", 9);
        GroupSamples samples = samples();
        assertEquals(GroupSamples.FEW, samples.drawn());
        GroupSamples.Sample sample = samples.sample(3);
        assertEquals(5 + 1 + 5, sample.items().size());
        assertArrayEquals(new double[] {6, 6, 6, 6, 6, 6, 5, 5, 5, 5, 5}, inverse(sample.weights()), 1e-12);
    }

    @Test
    void oneSampleIsEnoughWhereAllWouldBeTheSame() {
        add(Split.TRAIN, 0, "land", 7);
        add(Split.TRAIN, 0, "water", 7);
        add(Split.TRAIN, 1, "land", 7);
        assertEquals(1, samples().count());
        assertEquals(21, samples().sample(0).items().size());
    }

    @Test
    void ofSmallAndMissingCellsItIsTold() {
        add(Split.TRAIN, 0, "land", 7);
        add(Split.TRAIN, 0, "water", 2);
        add(Split.TRAIN, 1, "land", 7);
        add(Split.VAL, 0, "land", 7);
        add(Split.VAL, 1, "land", 7);
        add(Split.VAL, 1, "water", 1);
        GroupCells cells = GroupCells.of(
                new Dataset(new ImageLoader(path -> new byte[0], 1), List.of("rose", "lily"), items),
                new ImageGroups(groups));
        assertEquals(
                List.of(
                        new BalancedCell("rose", "land", 7, 7),
                        new BalancedCell("rose", "water", 2, 0),
                        new BalancedCell("lily", "land", 7, 7),
                        new BalancedCell("lily", "water", 0, 1)),
                cells.cells());
        assertEquals(
                List.of(
                        "One cell of class and group has no images of train: nothing could teach the head that these go"
                                + " together (lily in water).",
                        "One cell of class and group has fewer than 5 images of train: they weigh as what they have, and"
                                + " not as a whole cell (rose in water: 2).",
                        "One cell of class and group has no images of val: nothing was chosen by them (rose in water).",
                        "One cell of class and group has fewer than 5 images of val: the choice rests on these few (lily"
                                + " in water: 1).",
                        "1 image of train without a group was not trained on.",
                        "Nothing was chosen by 3 images of val without a group."),
                cells.notes(1, 3));
    }

    private GroupSamples samples() {
        return new GroupSamples(items, new ImageGroups(groups), new Randomness(1));
    }

    private void add(Split split, int label, String group, int n) {
        for (int i = 0; i < n; i++) {
            String path = items.size() + ".png";
            items.add(new Dataset.Item(path, split, label, "", Optional.empty()));
            if (!group.isEmpty()) {
                groups.put(path, group);
            }
        }
    }

    private static double[] difference(double[] values, double from) {
        return Arrays.stream(values).map(value -> value - from).toArray();
    }

    private static double[] inverse(double[] values) {
        return Arrays.stream(values).map(value -> 1 / value).toArray();
    }
}
