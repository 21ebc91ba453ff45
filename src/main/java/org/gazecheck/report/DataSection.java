package org.gazecheck.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.gazecheck.report.page.Page.BalanceRow;
import org.gazecheck.report.page.Page.Contradicted;
import org.gazecheck.report.page.Page.DataQuality;
import org.gazecheck.report.page.Page.DuplicateGroup;
import org.gazecheck.report.page.Page.LeftOut;
import org.gazecheck.report.page.Page.Outlying;
import org.gazecheck.report.page.Page.Share;
import org.gazecheck.report.page.Page.SplitRow;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Split;
import org.jspecify.annotations.Nullable;

/** What is known about the images themselves, in the words of the page. */
final class DataSection {
    private static final int NAMED = 20;

    private final ReportInput input;
    private final Map<String, Integer> positions;
    private final Isolated isolated;
    private final Map<String, String> labels = new HashMap<>();
    private final List<DatasetRow> usable;

    private DataSection(ReportInput input, Map<String, Integer> positions, Isolated isolated) {
        this.input = input;
        this.isolated = isolated;
        this.positions = positions;
        this.usable = input.dataset().stream().filter(DatasetRow::usable).toList();
        input.predictions().forEach(p -> labels.put(p.path(), p.label()));
        input.dataset().forEach(row -> labels.put(row.path(), row.label()));
    }

    /** @param positions of the images shown, by path */
    static DataQuality of(ReportInput input, Map<String, Integer> positions, Isolated isolated) {
        return new DataSection(input, positions, isolated).all();
    }

    private DataQuality all() {
        DataIssues issues = DataIssues.of(input);
        boolean looked = !input.dataQuality().isEmpty();
        return new DataQuality(
                input.warnings().stream().map(isolated::in).toList(),
                splits(),
                input.configuration().external().model() == null
                        ? Numbers.count(input.configuration().model().size()) + " px"
                        : null,
                balance(),
                leftOut(),
                looked,
                input.findings().findings().stream()
                        .filter(finding -> finding.is(FindingKind.DUPLICATES))
                        .map(finding -> isolated.in(Numbers.in(finding.text())))
                        .toList(),
                issues.duplicates().stream().map(this::duplicates).toList(),
                more(issues.allDuplicates() - issues.duplicates().size(), "groups"),
                issues.labels().stream()
                        .map(s -> new Contradicted(
                                position(s.path()),
                                s.path(),
                                s.split().text(),
                                labels.getOrDefault(s.path(), ""),
                                Objects.requireNonNullElse(s.confident(), ""),
                                new Share(Double.toString(s.margin()), Numbers.signed(s.margin(), 2))))
                        .toList(),
                more(issues.allLabels() - issues.labels().size(), "images"),
                issues.outliers().stream()
                        .map(s -> new Outlying(position(s.path()), s.split().text(), Numbers.fixed(s.outlier(), 1)))
                        .toList(),
                more(issues.allOutliers() - issues.outliers().size(), "images"));
    }

    private String position(String path) {
        return String.valueOf(positions.get(path));
    }

    private static @Nullable String more(int left, String what) {
        return left > 0 ? "and " + Numbers.count(left) + " more " + what : null;
    }

    private List<SplitRow> splits() {
        List<SplitRow> rows = new ArrayList<>();
        for (Split split : Split.values()) {
            List<DatasetRow> of =
                    usable.stream().filter(row -> row.split() == split).toList();
            if (!of.isEmpty()) {
                rows.add(row(split, of));
            }
        }
        return rows;
    }

    private SplitRow row(Split split, List<DatasetRow> of) {
        Map<String, Long> counts = of.stream().collect(Collectors.groupingBy(DatasetRow::label, Collectors.counting()));
        Map.Entry<String, Long> fewest =
                counts.entrySet().stream().min(byCount()).orElseThrow();
        Map.Entry<String, Long> most = counts.entrySet().stream().max(byCount()).orElseThrow();
        int size = input.configuration().model().size();
        long small = of.stream().filter(row -> shortSide(row) < size).count();
        return new SplitRow(
                split.text(),
                Numbers.count(of.size()),
                Numbers.count(counts.size()) + " of "
                        + Numbers.count(input.classes().size()),
                named(fewest, most),
                named(most, fewest),
                range(of, DataSection::shortSide),
                range(of, row -> Math.max(row.width(), row.height())),
                Numbers.count(small));
    }

    /** Where all classes have as many, none is named. */
    private static String named(Map.Entry<String, Long> one, Map.Entry<String, Long> other) {
        String n = Numbers.count(one.getValue());
        return (one.getValue().equals(other.getValue()) ? "every class" : one.getKey()) + ", " + n;
    }

    private static Comparator<Map.Entry<String, Long>> byCount() {
        return Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey());
    }

    private static int shortSide(DatasetRow row) {
        return Math.min(row.width(), row.height());
    }

    /** The least, the middle one, the most. */
    private static String range(List<DatasetRow> rows, ToIntFunction<DatasetRow> side) {
        int[] sorted = rows.stream().mapToInt(side).sorted().toArray();
        int last = sorted[sorted.length - 1];
        return sorted[0] == last
                ? Integer.toString(last)
                : sorted[0] + " – " + sorted[sorted.length / 2] + " – " + last;
    }

    private List<BalanceRow> balance() {
        if (usable.isEmpty()) {
            return List.of();
        }
        Map<String, Map<Split, Integer>> counts = new LinkedHashMap<>();
        input.classes().forEach(name -> counts.put(name, new EnumMap<>(Split.class)));
        usable.forEach(row -> counts.computeIfAbsent(row.label(), name -> new EnumMap<>(Split.class))
                .merge(row.split(), 1, Integer::sum));
        int most = counts.values().stream().mapToInt(DataSection::sum).max().orElse(1);
        List<BalanceRow> rows = new ArrayList<>();
        counts.forEach((name, of) -> rows.add(new BalanceRow(
                name,
                of.getOrDefault(Split.TRAIN, 0),
                of.getOrDefault(Split.VAL, 0),
                of.getOrDefault(Split.TEST, 0),
                sum(of),
                Numbers.coordinate(100.0 * sum(of) / most))));
        return rows;
    }

    private static int sum(Map<Split, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** By what is wrong; of each the first images by name. */
    private List<LeftOut> leftOut() {
        Map<String, List<DatasetRow>> byProblem = input.dataset().stream()
                .filter(row -> !row.usable())
                .collect(Collectors.groupingBy(
                        row -> row.split().text() + ": " + row.problem(), LinkedHashMap::new, Collectors.toList()));
        List<LeftOut> all = new ArrayList<>();
        byProblem.forEach((problem, rows) -> all.add(new LeftOut(
                problem,
                Numbers.count(rows.size()),
                rows.stream().limit(NAMED).map(DatasetRow::path).toList(),
                more(rows.size() - NAMED, "images"))));
        all.sort(Comparator.comparing(LeftOut::problem));
        return all.size() <= NAMED ? all : all.subList(0, NAMED);
    }

    private DuplicateGroup duplicates(List<DatasetRow> group) {
        boolean bytes = DataIssues.distinct(group, DatasetRow::sha256) == 1;
        boolean twoLabels = DataIssues.distinct(group, DatasetRow::label) > 1;
        return new DuplicateGroup(
                group.stream().map(row -> position(row.path())).collect(Collectors.joining(" ")),
                bytes ? "the same bytes" : "nearly the same",
                group.stream().map(row -> row.split().text()).distinct().collect(Collectors.joining(" and ")),
                group.stream().map(DatasetRow::label).distinct().toList(),
                twoLabels);
    }
}
