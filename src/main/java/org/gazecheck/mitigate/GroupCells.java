package org.gazecheck.mitigate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageGroups;
import org.gazecheck.results.MitigationTraining.BalancedCell;
import org.gazecheck.results.Split;

/**
 * How many images each class has in each group.
 *
 * @param all every class by every group, those without an image, too
 */
record GroupCells(List<BalancedCell> all) {
    private static final int SHOWN = 5;

    GroupCells {
        all = List.copyOf(all);
    }

    static GroupCells of(Dataset dataset, ImageGroups groups) {
        Set<String> names = new TreeSet<>();
        dataset.items().forEach(item -> groups.of(item).ifPresent(names::add));
        List<BalancedCell> cells = new ArrayList<>();
        for (int label = 0; label < dataset.classes().size(); label++) {
            for (String group : names) {
                cells.add(new BalancedCell(
                        dataset.classes().get(label),
                        group,
                        count(dataset, groups, Split.TRAIN, label, group),
                        count(dataset, groups, Split.VAL, label, group)));
            }
        }
        return new GroupCells(cells);
    }

    private static int count(Dataset dataset, ImageGroups groups, Split split, int label, String group) {
        return (int) dataset.items().stream()
                .filter(item -> item.split() == split
                        && item.label() == label
                        && groups.of(item).filter(group::equals).isPresent())
                .count();
    }

    /** Those with images of train or val. */
    List<BalancedCell> cells() {
        return all.stream().filter(cell -> cell.train() + cell.val() > 0).toList();
    }

    /** What balancing could not do right by, a sentence each. */
    List<String> notes(int unnamedTrain, int unnamedVal) {
        List<String> notes = new ArrayList<>();
        String few = " fewer than " + GroupSamples.FEW + " images of ";
        add(
                notes,
                cell -> cell.train() == 0,
                cell -> 0,
                "no images of train: nothing could teach the head that these go together");
        add(
                notes,
                cell -> few(cell.train()),
                BalancedCell::train,
                few.strip() + " train: they weigh as what they have, and not as a whole cell");
        add(notes, cell -> cell.val() == 0, cell -> 0, "no images of val: nothing was chosen by them");
        add(notes, cell -> few(cell.val()), BalancedCell::val, few.strip() + " val: the choice rests on these few");
        if (unnamedTrain > 0) {
            notes.add(images(unnamedTrain) + " of train without a group " + (unnamedTrain == 1 ? "was" : "were")
                    + " not trained on.");
        }
        if (unnamedVal > 0) {
            notes.add("Nothing was chosen by " + images(unnamedVal) + " of val without a group.");
        }
        return notes;
    }

    private static boolean few(int images) {
        return images > 0 && images < GroupSamples.FEW;
    }

    private void add(List<String> notes, Predicate<BalancedCell> is, ToIntFunction<BalancedCell> size, String what) {
        List<BalancedCell> cells = all.stream().filter(is).toList();
        if (cells.isEmpty()) {
            return;
        }
        List<String> named = cells.stream()
                .limit(SHOWN)
                .map(cell -> cell.name() + " in " + cell.group()
                        + (size.applyAsInt(cell) > 0 ? ": " + size.applyAsInt(cell) : ""))
                .toList();
        int more = cells.size() - named.size();
        notes.add((cells.size() == 1
                        ? "One cell of class and group has "
                        : cells.size() + " cells of class and group have ")
                + what + " (" + String.join("; ", named) + (more > 0 ? "; and " + more + " more" : "") + ").");
    }

    private static String images(int n) {
        return n == 1 ? "1 image" : n + " images";
    }
}
