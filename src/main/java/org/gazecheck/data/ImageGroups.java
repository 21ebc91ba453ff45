package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gazecheck.io.Printable;
import org.gazecheck.results.ClassName;
import org.gazecheck.results.CsvText;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Split;

/**
 * Which group each image is of, such as what is behind its object: a table with the columns {@code path}, as {@code dataset.csv} has
 * it, and {@code group}.
 *
 * @param of by path; images without a group are not there
 */
public record ImageGroups(Map<String, String> of) {
    private static final List<String> COLUMNS = List.of("path", "group");
    private static final List<Split> BALANCED = List.of(Split.TRAIN, Split.VAL);

    public ImageGroups {
        of = Map.copyOf(of);
    }

    /** The group of an image, where it has one. */
    public Optional<String> of(Dataset.Item item) {
        return Optional.ofNullable(of.get(item.path()));
    }

    /**
     * @param images of {@code dataset.csv}
     * @throws DataException where it is no such table, names what is not there, or leaves nothing to balance
     */
    public static ImageGroups read(Path table, List<DatasetRow> images) throws IOException {
        if (!Files.isRegularFile(table)) {
            throw new DataException(
                    "there is no file " + table + ": give a table with the columns path and group, a line an image");
        }
        Map<String, DatasetRow> known = new HashMap<>();
        images.forEach(image -> known.put(image.path(), image));
        Map<String, String> groups = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        TableRows.read(
                table,
                COLUMNS,
                (line, cells, columns) -> problem(cells, columns, known, groups)
                        .ifPresent(what -> problems.add(table + ", line " + line + ": " + what)),
                problems::add);
        if (!problems.isEmpty()) {
            throw new DataException(problems);
        }
        requireEnough(table, groups, known);
        return new ImageGroups(groups);
    }

    /** Adds what a line says, or says what is wrong with it. */
    private static Optional<String> problem(
            String[] cells, int[] columns, Map<String, DatasetRow> known, Map<String, String> groups) {
        String path = cell(cells, columns[0]);
        String group = ClassName.of(cell(cells, columns[1]));
        if (path.isEmpty() || group.isEmpty()) {
            return Optional.of("path and group must both be given");
        }
        if (!known.containsKey(path)) {
            return Optional.of("there is no image '" + Printable.of(path)
                    + "' in the run's dataset.csv: write its path as it stands there, or remove the line");
        }
        return groups.putIfAbsent(path, group) == null
                ? Optional.empty()
                : Optional.of("'" + Printable.of(path) + "' is listed a second time: remove one of the lines");
    }

    private static String cell(String[] cells, int column) {
        return column < cells.length ? CsvText.read(cells[column].strip()) : "";
    }

    /** Images that are left out of the data set do not count. */
    private static void requireEnough(Path table, Map<String, String> groups, Map<String, DatasetRow> known)
            throws DataException {
        Map<Split, Set<String>> bySplit = new EnumMap<>(Split.class);
        BALANCED.forEach(split -> bySplit.put(split, new TreeSet<>()));
        Map<String, Set<String>> byClass = new TreeMap<>();
        groups.forEach((path, group) -> {
            DatasetRow row = known.get(path);
            if (row != null && row.usable()) {
                bySplit.computeIfAbsent(row.split(), split -> new TreeSet<>()).add(group);
                if (row.split() == Split.TRAIN) {
                    byClass.computeIfAbsent(row.label(), label -> new TreeSet<>())
                            .add(group);
                }
            }
        });
        for (Split split : BALANCED) {
            if (bySplit.getOrDefault(split, Set.of()).isEmpty()) {
                throw new DataException(table + " names no image of " + split.text()
                        + " that the run uses: a head is balanced over groups of train, and chosen by those of val; name"
                        + " images of both");
            }
        }
        for (String group : new TreeSet<>(groups.values())) {
            for (Split split : BALANCED) {
                if (!bySplit.getOrDefault(split, Set.of()).contains(group)) {
                    throw new DataException(table + ": group '" + Printable.of(group) + "' has no image of "
                            + split.text() + ": name some, or remove the lines of the group");
                }
            }
        }
        Set<String> unnamed = new TreeSet<>();
        known.values().stream()
                .filter(row -> row.usable() && row.split() == Split.TRAIN && !byClass.containsKey(row.label()))
                .forEach(row -> unnamed.add(Printable.of(row.label())));
        if (!unnamed.isEmpty()) {
            throw new DataException(table + " names no image of train of " + String.join(", ", unnamed)
                    + ", which a head without them would unlearn: name images of train of every class");
        }
        if (byClass.values().stream().allMatch(of -> of.size() < 2)) {
            throw new DataException(table + ": no class has images of train in two groups, so there is nothing to"
                    + " balance: name images of train of a class that differ in their group");
        }
    }
}
