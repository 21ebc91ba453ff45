package org.gazecheck.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.gazecheck.results.Neighbours;
import org.jspecify.annotations.Nullable;

/** The images most like each of those shown, by their positions on the page. */
final class LikeImages {
    private final ReportInput input;
    private final Map<String, Neighbours> byPath = new HashMap<>();
    private final Map<Integer, Integer> positions = new HashMap<>();

    private LikeImages(ReportInput input, List<Integer> rows) {
        this.input = input;
        input.imageMaps().map(ImageMaps::neighbours).orElse(List.of()).forEach(n -> byPath.put(n.path(), n));
        IntStream.range(0, rows.size()).forEach(position -> positions.put(rows.get(position), position));
    }

    /** @param rows of the predictions shown, in the page's order */
    static LikeImages of(ReportInput input, List<Integer> rows) {
        return new LikeImages(input, rows);
    }

    boolean isEmpty() {
        return byPath.isEmpty();
    }

    /**
     * @param features [rows][.] positions of the most like, as far as they are shown, the nearest first
     * @param heatmap [rows][.]
     */
    record Positions(List<List<Integer>> features, List<List<Integer>> heatmap) {}

    Positions of(List<Integer> rows) {
        return new Positions(shown(rows, Neighbours::features), shown(rows, Neighbours::heatmap));
    }

    private List<List<Integer>> shown(List<Integer> rows, Function<Neighbours, List<Integer>> by) {
        return rows.stream().map(row -> shown(row, by)).toList();
    }

    private List<Integer> shown(int row, Function<Neighbours, List<Integer>> by) {
        @Nullable Neighbours found = byPath.get(input.predictions().get(row).path());
        return found == null
                ? List.of()
                : by.apply(found).stream()
                        .map(positions::get)
                        .filter(Objects::nonNull)
                        .toList();
    }
}
