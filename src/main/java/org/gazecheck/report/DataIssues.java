package org.gazecheck.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.DatasetRow;

/**
 * The images with the clearest data issues, as many as a page can show.
 *
 * @param duplicates images that are the same, at least two each: of different labels first, then over splits; without
 *     {@code data-quality.csv} those of the same bytes only
 * @param allDuplicates how many such groups there are
 * @param labels contradicted, those with the least margin first
 * @param outliers the farthest first
 */
record DataIssues(
        List<List<DatasetRow>> duplicates,
        int allDuplicates,
        List<DataQualityRow> labels,
        int allLabels,
        List<DataQualityRow> outliers,
        int allOutliers) {
    private static final int GROUPS = 24;
    private static final int OF_GROUP = 4;
    private static final int LABELS = 20;
    private static final int OUTLIERS = 12;

    static DataIssues of(ReportInput input) {
        List<List<DatasetRow>> groups = new ArrayList<>(groups(input));
        groups.sort(Comparator.comparing((List<DatasetRow> group) -> distinct(group, DatasetRow::label) == 1)
                .thenComparing(group -> distinct(group, DatasetRow::split) == 1));
        List<DataQualityRow> labels = input.dataQuality().stream()
                .filter(s -> s.confident() != null)
                .sorted(Comparator.comparingDouble(DataQualityRow::margin))
                .toList();
        List<DataQualityRow> outliers = input.dataQuality().stream()
                .filter(s -> s.outlier() >= DataQualityRow.OUTLYING)
                .sorted(Comparator.comparingDouble((DataQualityRow s) -> -s.outlier()))
                .toList();
        return new DataIssues(
                groups.stream()
                        .limit(GROUPS)
                        .map(group -> group.subList(0, Math.min(OF_GROUP, group.size())))
                        .toList(),
                groups.size(),
                labels.stream().limit(LABELS).toList(),
                labels.size(),
                outliers.stream().limit(OUTLIERS).toList(),
                outliers.size());
    }

    /** Paths of everything shown. */
    Set<String> paths() {
        return Stream.of(
                        duplicates.stream().flatMap(List::stream).map(DatasetRow::path),
                        labels.stream().map(DataQualityRow::path),
                        outliers.stream().map(DataQualityRow::path))
                .flatMap(paths -> paths)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static long distinct(List<DatasetRow> group, Function<DatasetRow, ?> what) {
        return group.stream().map(what).distinct().count();
    }

    private static List<List<DatasetRow>> groups(ReportInput input) {
        List<DatasetRow> usable =
                input.dataset().stream().filter(DatasetRow::usable).toList();
        Map<String, List<DatasetRow>> groups;
        if (input.dataQuality().isEmpty()) {
            groups = usable.stream()
                    .collect(Collectors.groupingBy(DatasetRow::sha256, TreeMap::new, Collectors.toList()));
        } else {
            Map<String, Integer> numbers = new HashMap<>();
            input.dataQuality().stream()
                    .filter(s -> s.duplicates() > 0)
                    .forEach(s -> numbers.put(s.path(), s.duplicates()));
            groups = usable.stream()
                    .filter(row -> numbers.containsKey(row.path()))
                    .collect(Collectors.groupingBy(
                            row -> String.format("%09d", numbers.get(row.path())), TreeMap::new, Collectors.toList()));
        }
        return groups.values().stream().filter(group -> group.size() > 1).toList();
    }
}
