package org.gazecheck.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gazecheck.io.Printable;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Split;

/** What is odd about a data set as a whole. */
final class InputChecks {
    private static final int SHOWN = 20;

    private InputChecks() {}

    /** One sentence for each class that cannot be learned. */
    static List<String> classesWithoutTraining(List<String> classes, List<DatasetRow> rows) {
        return absent(classes, rows, Split.TRAIN).stream()
                .map(name -> "class '" + Printable.of(name) + "' has no usable image in train: add some, or remove it")
                .toList();
    }

    /**
     * Warnings: classes that a split lacks, the same bytes twice where that matters, odd names.
     *
     * @param toTrain whether a split without any image is odd
     */
    static List<String> of(List<String> classes, List<DatasetRow> rows, boolean toTrain) {
        List<String> warnings = new ArrayList<>();
        boolean onlyNew = rows.stream().allMatch(row -> row.split() == Split.NEW);
        for (Split split : List.of(Split.VAL, Split.TEST)) {
            List<String> absent = absent(classes, rows, split);
            if (!onlyNew && !absent.isEmpty() && (toTrain || absent.size() < classes.size())) {
                warnings.add(absent.size() + " classes have no usable image in " + split.text() + ": "
                        + some(absent.stream().map(Printable::of).toList()));
            }
        }
        sameBytes(rows, warnings);
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
        for (List<DatasetRow> same : byHash.values()) {
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
