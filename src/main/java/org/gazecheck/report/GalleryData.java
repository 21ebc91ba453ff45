package org.gazecheck.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.Attention;
import org.gazecheck.results.Finding;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;

/** What the page's script draws: every shown image once, and which gallery shows it. */
final class GalleryData {
    /** Photographs shown under one finding. */
    static final int EVIDENCE = 8;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final ReportInput input;
    private final Map<String, Map<MapTarget, Attention>> attention = new HashMap<>();
    private final Map<String, Integer> rows = new HashMap<>();
    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final List<Image> images = new ArrayList<>();
    private final Map<String, List<Integer>> galleries = new LinkedHashMap<>();

    private GalleryData(ReportInput input) {
        this.input = input;
        input.attention().forEach(a -> attention
                .computeIfAbsent(a.path(), path -> new EnumMap<>(MapTarget.class))
                .put(a.target(), a));
        for (int row = 0; row < input.predictions().size(); row++) {
            rows.put(input.predictions().get(row).path(), row);
        }
    }

    static GalleryData of(ReportInput input, Selection selection) throws IOException {
        GalleryData data = new GalleryData(input);
        data.add("errors", paths(input, selection.errors()));
        data.add("correct", paths(input, selection.correct()));
        for (Finding finding : input.findings().findings()) {
            data.add("finding:" + finding.id(), evidence(finding));
        }
        return data;
    }

    /** The evidence of a finding of which the report shows photographs. */
    static List<String> evidence(Finding finding) {
        return finding.evidence().stream().limit(EVIDENCE).toList();
    }

    /** Paths of the images shown, each once. */
    Set<String> paths() {
        return positions.keySet();
    }

    boolean hasMaps() {
        return images.stream()
                .anyMatch(image -> image.maps() != null && !image.maps().isEmpty());
    }

    /** File name of an image's photograph: fit for any file system, whatever the path is made of. */
    static String photograph(String path) {
        return Hashes.sha256(path).substring(0, 20) + ".jpg";
    }

    /** Images and galleries as one JSON text. */
    String json() {
        try {
            return JSON.writeValueAsString(new Content(input.classes(), images, galleries));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
    }

    private static List<String> paths(ReportInput input, List<Integer> rows) {
        return rows.stream().map(row -> input.predictions().get(row).path()).toList();
    }

    private void add(String gallery, List<String> paths) throws IOException {
        List<Integer> shown = new ArrayList<>();
        for (String path : paths) {
            Integer position = positions.get(path);
            if (position == null) {
                position = images.size();
                images.add(image(path));
                positions.put(path, position);
            }
            shown.add(position);
        }
        galleries.put(gallery, shown);
    }

    private Image image(String path) throws IOException {
        Integer row = rows.get(path);
        if (row == null) {
            return new Image(path, photograph(path), null, null, null, null, null, null, null, null, null);
        }
        Prediction p = input.predictions().get(row);
        Map<String, RawMap> maps = new LinkedHashMap<>();
        Map<String, Measures> measures = new LinkedHashMap<>();
        for (MapTarget target : MapTarget.values()) {
            if (target == MapTarget.TRUE && p.correct()) {
                continue;
            }
            Optional<Heatmap> map = input.heatmaps().map(row, target);
            map.ifPresent(m -> maps.put(target.text(), RawMap.of(m)));
            Attention a = attention.getOrDefault(path, Map.of()).get(target);
            if (a != null) {
                measures.put(target.text(), Measures.of(a));
            }
        }
        return new Image(
                path,
                photograph(path),
                p.split().text(),
                p.label(),
                p.predicted(),
                p.pLabel(),
                p.pPredicted(),
                p.rank(),
                p.top5().stream()
                        .map(r -> List.<Number>of(r.index(), r.probability()))
                        .toList(),
                maps,
                measures);
    }

    private record Content(List<String> classes, List<Image> images, Map<String, List<Integer>> galleries) {}

    /** An image; all but path and photograph are null when the run has no prediction for it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Image(
            String path,
            String photograph,
            String split,
            String label,
            String predicted,
            Float pLabel,
            Float pPredicted,
            Integer rank,
            List<List<Number>> top5,
            Map<String, RawMap> maps,
            Map<String, Measures> attention) {}

    /**
     * A raw map in 16 bits a cell.
     *
     * @param scale what one step is worth: value = step * scale
     * @param steps signed 16-bit, little-endian, in Base64, row by row
     */
    private record RawMap(int h, int w, float scale, String steps) {
        static RawMap of(Heatmap map) {
            float largest = 0;
            for (float v : map.values()) {
                largest = Float.isFinite(v) ? Math.max(largest, Math.abs(v)) : largest;
            }
            float scale = largest > 0 ? largest / Short.MAX_VALUE : 1;
            ByteBuffer bytes = ByteBuffer.allocate(2 * map.values().length).order(ByteOrder.LITTLE_ENDIAN);
            for (float v : map.values()) {
                bytes.putShort((short) Math.max(-Short.MAX_VALUE, Math.min(Short.MAX_VALUE, Math.round(v / scale))));
            }
            return new RawMap(
                    map.height(), map.width(), scale, Base64.getEncoder().encodeToString(bytes.array()));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Measures(Double inside, Double maskArea, Double border, Double entropy) {
        static Measures of(Attention a) {
            return new Measures(finite(a.inside()), finite(a.maskArea()), finite(a.border()), finite(a.entropy()));
        }

        private static Double finite(double value) {
            return Double.isFinite(value) ? (Double) value : null;
        }
    }
}
