package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.external.ProbeImages.Patch;
import org.gazecheck.network.onnx.runtime.OnnxPart;

/**
 * Whether a value holds maps, and in which order of its dimensions: where a patch of an image is made grey, the cell that changes
 * most must lie there. Dimensions that are read in a wrong order, cells in another order than the image's and values that mix
 * all of the image do not pass.
 */
final class LayoutProbe {
    /** Of the patches that must be found. */
    static final double SHARE = 0.8;

    /** Of the patches that must be found where the graph itself says the same. */
    static final double SHARE_WITH_GRAPH = 0.6;

    /** Of the cells' places with the patches'; a map of few cells meets many patches by chance. */
    private static final double CORRELATION = 0.5;

    /** Of the cells from the patches on the average, beside one cell; values that were rolled are off by more. */
    private static final double SHIFT = 0.02;

    /** Along each edge, that are told apart. */
    private static final int MOST_CELLS = 56;

    private static final int MOST_OTHERS = 8;
    private static final int BATCH = 5;
    private static final double ROUNDING = 1e-9;

    private final List<Patch> patches = ProbeImages.patches();
    private final ProbeImages images;

    LayoutProbe(ProbeImages images) {
        this.images = images;
    }

    /**
     * How well a value's cells follow the patches when it is read in one way.
     *
     * @param found patches whose own cell changes most
     * @param follows whether the cells move as the patches do, down and across
     */
    record Reading(MapLayout layout, int found, int patches, boolean follows) {
        boolean passes() {
            return passes(SHARE);
        }

        /** @param share of the patches that must be found */
        boolean passes(double share) {
            return follows && found >= share * patches;
        }

        String text() {
            return "as " + layout.text() + " " + found + " of " + patches + " patches"
                    + (found >= SHARE * patches && !follows ? ", which it does not follow" : "");
        }
    }

    /** Every way in which a value of these sizes could hold maps of more than one row and column. */
    static List<MapLayout> possible(int[] shape) {
        List<MapLayout> layouts = new ArrayList<>();
        if (shape.length == 4 && shape[2] > 1 && shape[3] > 1) {
            layouts.add(MapLayout.channelsFirst(shape[2], shape[3]));
        }
        if (shape.length == 4 && shape[1] > 1 && shape[2] > 1) {
            layouts.add(MapLayout.channelsLast(shape[1], shape[2]));
        }
        for (int others = 0; shape.length == 3 && others <= Math.min(MOST_OTHERS, shape[1] - 4); others++) {
            int side = (int) Math.round(Math.sqrt(shape[1] - others));
            if (side * side == shape[1] - others) {
                layouts.add(MapLayout.tokens(others, side, side));
            }
        }
        return layouts;
    }

    /**
     * @param graph with these values
     * @param shapes of one image's values, by name
     * @return of each value every reading, best first
     */
    Map<String, List<Reading>> readings(ExternalGraph graph, Map<String, int[]> shapes) {
        Map<String, List<Tally>> tallies = new HashMap<>();
        shapes.forEach((value, shape) ->
                tallies.put(value, possible(shape).stream().map(Tally::new).toList()));
        try (OnnxPart part = OnnxPart.open(graph.cut(List.copyOf(shapes.keySet())), graph.rows(), 0)) {
            Map<String, Tensor> plain = part.run(images.images(1));
            for (int from = 0; from < patches.size(); from += BATCH) {
                List<Patch> some = patches.subList(from, Math.min(patches.size(), from + BATCH));
                Map<String, Tensor> greyed = part.run(images.greyed(some));
                tallies.forEach((value, its) -> count(
                        its,
                        some,
                        Objects.requireNonNull(plain.get(value), value),
                        Objects.requireNonNull(greyed.get(value), value)));
            }
        }
        return tallies.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().stream()
                        .map(Tally::reading)
                        .sorted(Comparator.comparing((Reading reading) -> reading.passes())
                                .thenComparing(Reading::found)
                                .reversed())
                        .toList()));
    }

    private static void count(List<Tally> tallies, List<Patch> patches, Tensor plain, Tensor greyed) {
        if (greyed.size() != patches.size() * plain.size()) {
            return;
        }
        for (Tally tally : tallies) {
            float[] before = tally.layout.maps(plain).data();
            float[] after = tally.layout.maps(greyed).data();
            int area = tally.layout.height() * tally.layout.width();
            int length = after.length / patches.size();
            for (int i = 0; i < patches.size(); i++) {
                double[] change = new double[tally.rows * tally.columns];
                for (int j = 0; j < length; j++) {
                    double difference = after[i * length + j] - before[j];
                    change[tally.place(j % area)] += difference * difference;
                }
                tally.count(patches.get(i), change);
            }
        }
    }

    /** Of one reading, so far. */
    private static final class Tally {
        private final MapLayout layout;
        private final List<Patch> patches = new ArrayList<>();
        private final List<double[]> changes = new ArrayList<>();
        private final int rows;
        private final int columns;

        Tally(MapLayout layout) {
            this.layout = layout;
            this.rows = Math.min(MOST_CELLS, layout.height());
            this.columns = Math.min(MOST_CELLS, layout.width());
        }

        /** Of a cell of the map; cells of large maps are taken together. */
        int place(int cell) {
            int row = cell / layout.width() * rows / layout.height();
            return row * columns + cell % layout.width() * columns / layout.width();
        }

        /** @param change of each place */
        void count(Patch patch, double[] change) {
            patches.add(patch);
            changes.add(change);
        }

        /** By what changes most, or by what changes most in comparison with how it changes for other patches. */
        Reading reading() {
            Reading plain = reading(changes);
            if (plain.passes()) {
                return plain;
            }
            Reading compared = reading(changes.stream().map(this::compared).toList());
            return compared.passes() || compared.found > plain.found ? compared : plain;
        }

        private double[] compared(double[] change) {
            double[] compared = new double[change.length];
            for (int j = 0; j < compared.length; j++) {
                int cell = j;
                double all = changes.stream().mapToDouble(each -> each[cell]).sum();
                compared[j] = all > 0 ? change[j] / all : 0;
            }
            return compared;
        }

        private Reading reading(List<double[]> its) {
            List<double[]> down = new ArrayList<>();
            List<double[]> across = new ArrayList<>();
            int found = 0;
            for (int i = 0; i < its.size(); i++) {
                Optional<Integer> cell = highest(its.get(i));
                if (cell.isPresent()) {
                    Patch patch = patches.get(i);
                    double y = (cell.get() / columns + 0.5) / rows;
                    double x = (cell.get() % columns + 0.5) / columns;
                    down.add(new double[] {patch.y(), y});
                    across.add(new double[] {patch.x(), x});
                    found += isNear(patch.y(), y, rows) && isNear(patch.x(), x, columns) ? 1 : 0;
                }
            }
            boolean follows = follows(down, rows) && follows(across, columns);
            return new Reading(layout, found, ProbeImages.patches().size(), follows);
        }

        private static Optional<Integer> highest(double[] change) {
            int highest = 0;
            for (int j = 1; j < change.length; j++) {
                highest = change[j] > change[highest] ? j : highest;
            }
            return change[highest] > 0 ? Optional.of(highest) : Optional.empty();
        }

        /** Whether cell and patch overlap. Strides and padding shift what a cell sees by up to half of it. */
        private static boolean isNear(double patch, double cell, int cells) {
            double reach = (1.0 / cells + 1.0 / ProbeImages.FIELDS) / 2 + 0.5 / cells;
            return Math.abs(patch - cell) < reach - ROUNDING;
        }

        private static boolean follows(List<double[]> pairs, int cells) {
            double shift = mean(pairs, 1) - mean(pairs, 0);
            return correlation(pairs) >= CORRELATION && Math.abs(shift) <= 1.0 / cells + SHIFT;
        }

        private static double mean(List<double[]> pairs, int which) {
            return pairs.stream().mapToDouble(pair -> pair[which]).average().orElse(0);
        }

        private static double correlation(List<double[]> pairs) {
            double meanA = mean(pairs, 0);
            double meanB = mean(pairs, 1);
            double ab = 0;
            double aa = 0;
            double bb = 0;
            for (double[] pair : pairs) {
                ab += (pair[0] - meanA) * (pair[1] - meanB);
                aa += (pair[0] - meanA) * (pair[0] - meanA);
                bb += (pair[1] - meanB) * (pair[1] - meanB);
            }
            return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
        }
    }
}
