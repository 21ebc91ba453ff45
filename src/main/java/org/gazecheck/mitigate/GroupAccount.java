package org.gazecheck.mitigate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.gazecheck.data.ImageGroups;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Mitigation.Change;
import org.gazecheck.results.Mitigation.GroupsChange;

/** What became of each class in each group. */
final class GroupAccount {
    private GroupAccount() {}

    /** Empty where no image of the split is of a group. */
    static Optional<GroupsChange> of(PairedPredictions paired, ImageGroups groups, List<String> classes) {
        Map<String, String> of = groups.of();
        List<Change> cells = new ArrayList<>();
        for (String label : classes) {
            for (String group : new TreeSet<>(of.values())) {
                Change change = paired.change(
                        label + " in " + group, p -> p.label().equals(label) && group.equals(of.get(p.path())));
                if (change.after().n() > 0) {
                    cells.add(change);
                }
            }
        }
        int unnamed = (int) paired.pairs().stream()
                .filter(pair -> !of.containsKey(pair.after().path()))
                .count();
        return cells.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new GroupsChange(cells, worst(cells, Change::before), worst(cells, Change::after), unnamed));
    }

    /** The first of several that are as bad. */
    private static Change worst(List<Change> cells, Function<Change, Figure> figure) {
        return cells.stream()
                .min(Comparator.comparingDouble(change -> figure.apply(change).value()))
                .orElseThrow();
    }
}
