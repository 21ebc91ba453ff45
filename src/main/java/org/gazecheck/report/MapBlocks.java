package org.gazecheck.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.results.MapTarget;

/**
 * Raw heatmaps, outlines of masks and the most like images of the predictions shown, in scripts of so many images each, which the page
 * loads when one of them comes into sight: {@code maps-0000.js} with the heatmaps for the predicted class, and {@code details-0000.js}
 * with all that is seen in the large view, or when it is asked for. A cell takes 16 bits: value = step * scale of its map.
 */
final class MapBlocks {
    /** Images in a block. */
    static final int SIZE = 256;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private MapBlocks() {}

    /**
     * @param h height of every map
     * @param w width of every map
     * @param scales [images], 0 where an image has no map
     * @param steps [images, h, w] signed 16-bit, little-endian, in Base64
     */
    private record Block(int h, int w, List<Float> scales, String steps) {}

    /**
     * What the scripts of a block hold.
     *
     * @param maps by target
     * @param details maps by target, outlines as "masks", like images as "neighbours"
     */
    record Content(Map<String, Object> maps, Map<String, Object> details) {
        /** Whether any image has a heatmap. */
        boolean any() {
            return !maps.isEmpty();
        }

        /** All of it. */
        String json() {
            Map<String, Object> all = new LinkedHashMap<>(maps);
            all.putAll(details);
            return text(all);
        }
    }

    /**
     * Writes the scripts of every block.
     *
     * @return whether there is any map
     */
    static boolean write(ReportInput input, List<Integer> rows, Path folder) throws IOException {
        boolean any = false;
        List<Content> all = all(input, rows);
        for (int block = 0; block < all.size(); block++) {
            any |= all.get(block).any();
            script("maps", block, all.get(block).maps, folder);
            script("details", block, all.get(block).details, folder);
        }
        return any;
    }

    private static void script(String part, int block, Map<String, Object> content, Path folder) throws IOException {
        String script = "GAZECHECK." + part + "(" + block + "," + text(content) + ");\n";
        Files.write(
                folder.resolve(String.format(Locale.ROOT, "%s-%04d.js", part, block)),
                script.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(Map<String, Object> content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
    }

    /** Every block in order. */
    static List<Content> all(ReportInput input, List<Integer> rows) throws IOException {
        List<Content> all = new ArrayList<>();
        LikeImages like = LikeImages.of(input, rows);
        for (int from = 0; from < rows.size(); from += SIZE) {
            all.add(content(input, rows.subList(from, Math.min(rows.size(), from + SIZE)), like));
        }
        return all;
    }

    private static Content content(ReportInput input, List<Integer> rows, LikeImages like) throws IOException {
        Map<String, Object> details = targets(input.heatmaps(), rows);
        Map<String, Object> maps = new LinkedHashMap<>();
        Object predicted = details.remove(MapTarget.PREDICTED.text());
        if (predicted != null) {
            maps.put(MapTarget.PREDICTED.text(), predicted);
        }
        if (input.masks().origin() != MaskSource.Origin.NONE) {
            details.put("masks", Outlines.of(input.masks(), rows));
        }
        if (!like.isEmpty()) {
            details.put("neighbours", like.of(rows));
        }
        return new Content(maps, details);
    }

    /** Maps by target, as far as there are any, as they go into a script. */
    static Map<String, Object> targets(HeatmapSource heatmaps, List<Integer> rows) throws IOException {
        Map<String, Object> targets = new LinkedHashMap<>();
        for (MapTarget target : MapTarget.values()) {
            block(heatmaps, rows, target).ifPresent(maps -> targets.put(target.text(), maps));
        }
        return targets;
    }

    private static Optional<Block> block(HeatmapSource heatmaps, List<Integer> rows, MapTarget target)
            throws IOException {
        List<Optional<Heatmap>> maps = new ArrayList<>();
        for (int row : rows) {
            maps.add(heatmaps.map(row, target));
        }
        Optional<Heatmap> first = maps.stream().flatMap(Optional::stream).findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        int h = first.get().height();
        int w = first.get().width();
        ByteBuffer bytes = ByteBuffer.allocate(2 * h * w * rows.size()).order(ByteOrder.LITTLE_ENDIAN);
        List<Float> scales = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            float[] values = maps.get(i).map(Heatmap::values).orElseGet(() -> new float[0]);
            float scale = values.length == 0 ? 0 : scale(values);
            scales.add(scale);
            for (int cell = 0; scale > 0 && cell < h * w; cell++) {
                long step = Math.round((double) values[cell] / scale);
                bytes.putShort(
                        2 * (i * h * w + cell), (short) Math.max(-Short.MAX_VALUE, Math.min(Short.MAX_VALUE, step)));
            }
        }
        return Optional.of(new Block(h, w, scales, Base64.getEncoder().encodeToString(bytes.array())));
    }

    /** The largest absolute value is the last step; a map of zeros has some scale, so that it is there. */
    private static float scale(float[] values) {
        float largest = 0;
        for (float v : values) {
            largest = Float.isFinite(v) ? Math.max(largest, Math.abs(v)) : largest;
        }
        return largest > 0 ? Math.max(Float.MIN_NORMAL, largest / Short.MAX_VALUE) : 1;
    }
}
