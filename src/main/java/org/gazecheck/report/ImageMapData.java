package org.gazecheck.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.gazecheck.results.Embedding;
import org.gazecheck.results.EmbeddingPoint;
import org.jspecify.annotations.Nullable;

/**
 * The maps of the images as the page's script takes them.
 *
 * @param images that the run predicts
 * @param sampled how many of them were drawn to be on the maps
 */
record ImageMapData(int images, int sampled, View features, View heatmap) {
    /** Steps of the longer side of a map. */
    private static final int STEPS = 10_000;

    /**
     * One map.
     *
     * @param x of each shown prediction, 0..{@value #STEPS} on the longer side; -1 where it is not on the map
     * @param y downwards
     * @param none why there is no such map; null where there is one
     */
    record View(
            int placed,
            @Nullable Double trustworthiness,
            @Nullable Double continuity,
            @Nullable String none,
            List<Integer> x,
            List<Integer> y) {}

    /** @param paths of the shown predictions, in their order */
    static ImageMapData of(ImageMaps maps, List<String> paths) {
        Map<String, EmbeddingPoint> byPath = new HashMap<>();
        maps.points().forEach(point -> byPath.put(point.path(), point));
        Embedding summary = maps.summary();
        return new ImageMapData(
                summary.images(),
                summary.sampled(),
                view(summary.features(), maps, byPath, paths, EmbeddingPoint::featuresX, EmbeddingPoint::featuresY),
                view(summary.heatmap(), maps, byPath, paths, EmbeddingPoint::heatmapX, EmbeddingPoint::heatmapY));
    }

    private static View view(
            Embedding.View view,
            ImageMaps maps,
            Map<String, EmbeddingPoint> byPath,
            List<String> paths,
            ToDoubleFunction<EmbeddingPoint> x,
            ToDoubleFunction<EmbeddingPoint> y) {
        Extent across = Extent.of(maps.points(), x);
        Extent down = Extent.of(maps.points(), y);
        double longest = Math.max(across.length(), down.length());
        List<Integer> xs = new ArrayList<>();
        List<Integer> ys = new ArrayList<>();
        for (String path : view.none() == null ? paths : List.<String>of()) {
            EmbeddingPoint point = byPath.get(path);
            xs.add(point == null ? -1 : across.step(x.applyAsDouble(point), longest));
            ys.add(point == null ? -1 : down.step(y.applyAsDouble(point), longest));
        }
        return new View(view.placed(), known(view.trustworthiness()), known(view.continuity()), view.none(), xs, ys);
    }

    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private record Extent(double from, double to) {
        static Extent of(List<EmbeddingPoint> points, ToDoubleFunction<EmbeddingPoint> coordinate) {
            double[] finite = points.stream()
                    .mapToDouble(coordinate)
                    .filter(Double::isFinite)
                    .toArray();
            double from = Double.POSITIVE_INFINITY;
            double to = Double.NEGATIVE_INFINITY;
            for (double value : finite) {
                from = Math.min(from, value);
                to = Math.max(to, value);
            }
            return new Extent(from, to);
        }

        double length() {
            return to - from;
        }

        /** Centred on the square of the longer side. */
        int step(double value, double longest) {
            if (!Double.isFinite(value)) {
                return -1;
            }
            double before = (longest - length()) / 2;
            return longest > 0 ? (int) Math.round(STEPS * (value - from + before) / longest) : STEPS / 2;
        }
    }
}
