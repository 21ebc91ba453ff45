package org.gazecheck.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;

/**
 * Groups of like heatmaps, as the page's script takes them.
 *
 * @param split that was grouped
 * @param names in the order of their numbers
 * @param of index of each shown prediction's group; -1 where it is in none
 * @param sizes images of each group, shown or not
 * @param right how many of these are predicted correctly
 * @param images of the split
 * @param allRight how many of these are predicted correctly
 * @param means mean map of each group, [h, w] row by row: positive parts, each divided by its sum; the largest value is 1;
 *     empty without heatmaps
 * @param h height of the maps
 * @param w width of the maps
 */
record ClusterData(
        String split,
        List<String> names,
        List<Integer> of,
        List<Integer> sizes,
        List<Integer> right,
        int images,
        int allRight,
        List<List<Double>> means,
        int h,
        int w) {
    private static final double STEPS = 1000;

    /** Empty where there are no groups. */
    static Optional<ClusterData> of(ReportInput input, List<Integer> shownRows) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        Map<String, String> groupOf = new HashMap<>();
        for (HeatmapClusterMember image : input.clusters()) {
            if (!image.cluster().isEmpty()) {
                names.add(image.cluster());
                groupOf.put(image.path(), image.cluster());
            }
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<String> inOrder = List.copyOf(names);
        List<List<Integer>> members = new ArrayList<>();
        inOrder.forEach(name -> members.add(new ArrayList<>()));
        int images = 0;
        int allRight = 0;
        String split = input.clusters().get(0).split().text();
        for (int row = 0; row < input.predictions().size(); row++) {
            Prediction p = input.predictions().get(row);
            String group = groupOf.get(p.path());
            if (group != null) {
                members.get(inOrder.indexOf(group)).add(row);
            }
            if (p.split().text().equals(split)) {
                images++;
                allRight += p.correct() ? 1 : 0;
            }
        }
        Means means = Means.of(input.heatmaps(), members);
        return Optional.of(new ClusterData(
                split,
                inOrder,
                shownRows.stream()
                        .map(row -> input.predictions().get(row).path())
                        .map(path -> groupOf.containsKey(path) ? inOrder.indexOf(groupOf.get(path)) : -1)
                        .toList(),
                members.stream().map(List::size).toList(),
                members.stream()
                        .map(rows -> (int) rows.stream()
                                .filter(row -> input.predictions().get(row).correct())
                                .count())
                        .toList(),
                images,
                allRight,
                means.maps,
                means.h,
                means.w));
    }

    private record Means(List<List<Double>> maps, int h, int w) {
        static Means of(HeatmapSource heatmaps, List<List<Integer>> groups) throws IOException {
            List<List<Double>> maps = new ArrayList<>();
            int h = 0;
            int w = 0;
            for (List<Integer> rows : groups) {
                double[] sum = null;
                for (int row : rows) {
                    Optional<Heatmap> map = heatmaps.map(row, MapTarget.PREDICTED);
                    if (map.isPresent()) {
                        h = map.get().height();
                        w = map.get().width();
                        sum = sum == null ? new double[h * w] : sum;
                        add(map.get().values(), sum);
                    }
                }
                maps.add(sum == null ? List.of() : scaled(sum));
            }
            return new Means(maps, h, w);
        }

        private static void add(float[] values, double[] sum) {
            double energy = 0;
            for (float value : values) {
                energy += Math.max(0, value);
            }
            for (int cell = 0; energy > 0 && cell < sum.length; cell++) {
                sum[cell] += Math.max(0, values[cell]) / energy;
            }
        }

        private static List<Double> scaled(double[] sum) {
            List<Double> values = new ArrayList<>();
            for (double value : sum) {
                values.add(value);
            }
            double largest = Math.max(Collections.max(values), Double.MIN_NORMAL);
            values.replaceAll(value -> Math.round(STEPS * value / largest) / STEPS);
            return values;
        }
    }
}
