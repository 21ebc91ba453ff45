package org.gazecheck.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.ClassName;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Split;

/** What is odd about a data set as a whole. */
final class InputChecks {
    private static final int SHOWN = 20;

    /** A smaller image shows nothing. */
    private static final int FEWEST_PIXELS = 8;

    private InputChecks() {}

    /** Why nothing can be learned of a split or of a class. */
    static List<String> untrainable(List<String> classes, List<DatasetRow> rows) {
        List<String> problems = new ArrayList<>();
        if (!holds(rows, Split.TRAIN)) {
            problems.add("no usable image is in train, and a network is to be trained: name the folder train, or give"
                    + " images to it");
        } else {
            problems.addAll(withoutTraining(classes, rows));
        }
        if (!holds(rows, Split.VAL)) {
            problems.add("no usable image is in val, which training needs for its choices: give it some, or raise"
                    + " data.valShare where it is drawn");
        }
        return problems;
    }

    private static List<String> withoutTraining(List<String> classes, List<DatasetRow> rows) {
        List<String> absent = absent(classes, rows, Split.TRAIN).stream()
                .map(name -> "'" + Printable.of(name) + "'" + likeAnother(name, classes))
                .toList();
        return absent.size() > SHOWN
                ? List.of(absent.size() + " of " + classes.size()
                        + " classes have no usable image in train: add some, or remove them: " + some(absent))
                : absent.stream()
                        .map(name -> "class " + name + " has no usable image in train: add some, or remove it")
                        .toList();
    }

    private static String likeAnother(String name, List<String> classes) {
        return classes.stream()
                .filter(other -> !other.equals(name) && ClassName.folded(other).equals(ClassName.folded(name)))
                .findFirst()
                .map(other -> " (is it '" + Printable.of(other) + "'?)")
                .orElse("");
    }

    /** That val stands for test, where there is no other. */
    static Optional<Assumption> valForTest(List<DatasetRow> rows) {
        int val = (int) rows.stream()
                .filter(row -> row.usable() && row.split() == Split.VAL)
                .count();
        return val == 0 || holds(rows, Split.TEST)
                ? Optional.empty()
                : Optional.of(new Assumption(
                        "prepare",
                        "data.test",
                        "there is no test: figures and findings are of the " + val
                                + " images of val, and may be too favourable where training chose by them",
                        Map.of("val", val)));
    }

    private static boolean holds(List<DatasetRow> rows, Split split) {
        return rows.stream().anyMatch(row -> row.usable() && row.split() == split);
    }

    /**
     * Warnings: classes that a split lacks which holds others, the same bytes twice where that matters, odd names.
     */
    static List<String> of(List<String> classes, List<DatasetRow> rows) {
        List<String> warnings = new ArrayList<>();
        boolean onlyNew = rows.stream().allMatch(row -> row.split() == Split.NEW);
        for (Split split : List.of(Split.VAL, Split.TEST)) {
            List<String> absent = absent(classes, rows, split);
            if (!onlyNew && !absent.isEmpty() && absent.size() < classes.size()) {
                warnings.add(absent.size() + " classes have no usable image in " + split.text() + ": "
                        + some(absent.stream().map(Printable::of).toList()));
            }
        }
        sameBytes(rows, warnings);
        List<String> tiny = rows.stream()
                .filter(row -> row.usable() && Math.min(row.width(), row.height()) < FEWEST_PIXELS)
                .map(row -> Printable.of(row.path()) + " " + row.width() + "x" + row.height())
                .toList();
        if (!tiny.isEmpty()) {
            warnings.add(tiny.size() + " images have a side of less than " + FEWEST_PIXELS + " pixels, and are used: "
                    + some(tiny));
        }
        List<String> odd = rows.stream()
                .map(DatasetRow::path)
                .filter(path -> path.chars().anyMatch(c -> Character.isISOControl(c) || "\"'<>&\\".indexOf(c) >= 0)
                        || !path.equals(path.strip()))
                .map(Printable::of)
                .toList();
        if (!odd.isEmpty()) {
            warnings.add(odd.size() + " file names hold quotes, brackets or control characters: " + some(odd));
        }
        return warnings;
    }

    /** The first few of many. */
    static String some(List<String> texts) {
        String shown = String.join("; ", texts.subList(0, Math.min(SHOWN, texts.size())));
        return texts.size() > SHOWN ? shown + "; and " + (texts.size() - SHOWN) + " more" : shown;
    }

    private static List<String> absent(List<String> classes, List<DatasetRow> rows, Split split) {
        Set<String> present = new HashSet<>();
        for (DatasetRow row : rows) {
            if (row.usable() && row.split() == split) {
                present.add(row.label());
            }
        }
        return classes.stream().filter(name -> !present.contains(name)).toList();
    }

    private static void sameBytes(List<DatasetRow> rows, List<String> warnings) {
        Map<String, List<DatasetRow>> byHash = new LinkedHashMap<>();
        for (DatasetRow row : rows) {
            if (row.usable()) {
                byHash.computeIfAbsent(row.sha256(), hash -> new ArrayList<>()).add(row);
            }
        }
        List<String> splits = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<String> repeated = new ArrayList<>();
        for (List<DatasetRow> same : byHash.values()) {
            same.stream()
                    .collect(Collectors.groupingBy(
                            row -> List.of(row.split(), row.label()), LinkedHashMap::new, Collectors.toList()))
                    .values()
                    .stream()
                    .filter(alike -> alike.size() > 1)
                    .forEach(alike -> repeated.add(names(alike)));
            if (same.stream().map(DatasetRow::split).distinct().count() > 1) {
                splits.add(names(same));
            }
            if (same.stream()
                            .map(DatasetRow::label)
                            .filter(label -> !label.isEmpty())
                            .distinct()
                            .count()
                    > 1) {
                labels.add(names(same));
            }
        }
        if (!splits.isEmpty()) {
            warnings.add("the same bytes are in two splits " + splits.size() + " times: " + some(splits));
        }
        if (!repeated.isEmpty()) {
            warnings.add("the same bytes lie several times in one split under one label, and count as often, "
                    + repeated.size() + " times: " + some(repeated));
        }
        if (!labels.isEmpty()) {
            warnings.add("the same bytes have two labels " + labels.size() + " times: " + some(labels));
        }
    }

    private static String names(List<DatasetRow> same) {
        return String.join(
                " = ",
                same.stream()
                        .map(row -> Printable.of(row.path()) + " ("
                                + row.split().text() + ", " + Printable.of(row.label()) + ")")
                        .toList());
    }
}
