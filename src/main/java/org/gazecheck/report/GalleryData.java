package org.gazecheck.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.Finding;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.review.RequiredItems;
import org.gazecheck.review.ReviewSample;
import org.jspecify.annotations.Nullable;

/**
 * What the page's script filters, sorts and draws, column by column: one entry a shown image, first the predictions, then
 * images that are evidence without a prediction. Heatmaps come apart from it ({@link MapBlocks}).
 */
final class GalleryData {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final int DIGITS = 5;
    /** Of float probabilities: ln of 1 over the least of them. */
    private static final double LARGEST_MARGIN = 104;

    private static final Map<String, ToDoubleFunction<Localisation>> MEASURES = new LinkedHashMap<>();
    private static final Map<String, ToDoubleFunction<ImageProperties>> PROPERTIES = new LinkedHashMap<>();

    static {
        MEASURES.put("massAccuracy", Localisation::massAccuracy);
        MEASURES.put("massLift", Localisation::massLift);
        MEASURES.put("pointingGame", Localisation::pointingGame);
        MEASURES.put("rankAccuracy", Localisation::rankAccuracy);
        MEASURES.put("distance", Localisation::distance);
        MEASURES.put("borderMass", Localisation::borderMass);
        MEASURES.put("entropy", Localisation::entropy);
        MEASURES.put("overlap", Localisation::overlap);
        PROPERTIES.put("brightness", ImageProperties::brightness);
        PROPERTIES.put("contrast", ImageProperties::contrast);
        PROPERTIES.put("sharpness", ImageProperties::sharpness);
        PROPERTIES.put("saturation", ImageProperties::saturation);
        PROPERTIES.put("objectArea", ImageProperties::objectArea);
        PROPERTIES.put("offCentre", ImageProperties::offCentre);
        PROPERTIES.put("objectHue", ImageProperties::objectHue);
        PROPERTIES.put("backgroundHue", ImageProperties::backgroundHue);
        PROPERTIES.put("aspect", ImageProperties::aspect);
        PROPERTIES.put("pixels", ImageProperties::pixels);
    }

    private final ReportInput input;
    private final ShownImages shown;

    GalleryData(ReportInput input, ShownImages shown) {
        this.input = input;
        this.shown = shown;
    }

    /** File name of an image's thumbnail: fit for any file system, whatever the path is made of. */
    static String fileName(String path) {
        return name(path) + ".jpg";
    }

    /** What an image is called in the page's address. */
    private static String name(String path) {
        return Hashes.sha256(path).substring(0, 16);
    }

    /** All of it as one JSON text. */
    String json() throws IOException {
        try {
            return JSON.writeValueAsString(new Content(
                    input.review().run(),
                    input.classes(),
                    shown.rows().size(),
                    images(),
                    localisation(),
                    properties(),
                    dataQuality(),
                    findings(),
                    findingNames(),
                    ClusterData.of(input, shown.rows()).orElse(null),
                    input.imageMaps()
                            .map(maps -> ImageMapData.of(
                                    maps, shown.rows().stream().map(this::path).toList()))
                            .orElse(null),
                    stories(),
                    required(),
                    signing(),
                    verdicts(),
                    withdrawals(),
                    new Masks(
                            input.masks().origin().name().toLowerCase(Locale.ROOT),
                            input.masks().missing()),
                    MapBlocks.targets(
                            input.earlier().heatmaps(),
                            MendedImages.of(input).shown().stream()
                                    .map(MendedImages.Image::earlier)
                                    .toList())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
    }

    private Images images() {
        Map<String, Integer> index = new HashMap<>();
        input.classes().forEach(name -> index.put(name, index.size()));
        Images images = new Images();
        for (int row : shown.rows()) {
            Prediction p = input.predictions().get(row);
            images.sha256.add(p.sha256());
            images.split.add(p.split().text());
            images.label.add(index.getOrDefault(p.label(), -1));
            images.predicted.add(index.get(p.predicted()));
            images.pLabel.add(p.labelled() ? rounded(p.pLabel()) : null);
            images.pPredicted.add(rounded(p.pPredicted()));
            images.margin.add(rounded(Math.min(p.margin(), LARGEST_MARGIN)));
            images.rank.add(p.rank());
            List<Number> top = new ArrayList<>();
            p.top5().forEach(ranked -> {
                top.add(ranked.index());
                top.add(rounded(ranked.probability()));
            });
            images.top.add(top);
        }
        for (String path : shown.paths(input.predictions())) {
            images.path.add(path);
            images.name.add(name(path));
        }
        return images;
    }

    private Map<String, Map<String, List<Double>>> localisation() {
        Map<String, Map<MapTarget, Localisation>> byPath = new HashMap<>();
        input.localisation().forEach(a -> byPath.computeIfAbsent(a.path(), path -> new EnumMap<>(MapTarget.class))
                .put(a.target(), a));
        Map<String, Map<String, List<Double>>> targets = new LinkedHashMap<>();
        for (MapTarget target : MapTarget.values()) {
            Map<String, List<Double>> columns = new LinkedHashMap<>();
            MEASURES.forEach((name, measure) -> column(name, columns, row -> {
                Localisation a = byPath.getOrDefault(path(row), Map.of()).get(target);
                return a == null ? Double.NaN : measure.applyAsDouble(a);
            }));
            targets.put(target.text(), columns);
        }
        return targets;
    }

    private Map<String, List<Double>> properties() {
        Map<String, ImageProperties> byPath = new HashMap<>();
        input.properties().forEach(p -> byPath.put(p.path(), p));
        Map<String, List<Double>> columns = new LinkedHashMap<>();
        PROPERTIES.forEach((name, property) -> column(name, columns, row -> {
            ImageProperties p = byPath.get(path(row));
            return p == null ? Double.NaN : property.applyAsDouble(p);
        }));
        return columns;
    }

    private String path(int row) {
        return input.predictions().get(row).path();
    }

    /** Adds a column of the predictions shown, unless it has no value at all. */
    private void column(String name, Map<String, List<Double>> columns, ToDoubleFunction<Integer> values) {
        List<Double> column = new ArrayList<>();
        boolean any = false;
        for (int row : shown.rows()) {
            double value = values.applyAsDouble(row);
            any |= Double.isFinite(value);
            column.add(Double.isFinite(value) ? rounded(value) : null);
        }
        if (any) {
            columns.put(name, column);
        }
    }

    /** Null where data issues were not looked for. */
    private @Nullable DataQuality dataQuality() {
        if (input.dataQuality().isEmpty()) {
            return null;
        }
        Map<String, DataQualityRow> byPath = new HashMap<>();
        input.dataQuality().forEach(s -> byPath.put(s.path(), s));
        DataQuality columns = new DataQuality();
        for (int row : shown.rows()) {
            DataQualityRow s = byPath.get(path(row));
            columns.confident.add(
                    s == null || s.confident() == null ? -1 : input.classes().indexOf(s.confident()));
            columns.outlier.add(s == null || Double.isNaN(s.outlier()) ? null : rounded(s.outlier()));
            columns.duplicates.add(s == null ? 0 : s.duplicates());
            columns.nearest.add(
                    s == null
                            ? List.of()
                            : s.nearest().stream().map(shown.positions()::get).toList());
        }
        return columns;
    }

    /** Positions of each finding's evidence, by the finding's id. */
    private Map<String, String> findingNames() {
        Map<String, String> names = new LinkedHashMap<>();
        for (Finding finding : input.findings().findings()) {
            names.put(
                    finding.id(),
                    finding.kind().title() + ": " + FindingSubject.title(finding.kind(), finding.subject())
                            + (finding.grade() == null
                                    ? ""
                                    : " (" + finding.grade().text() + ")"));
        }
        return names;
    }

    /** Ids of the findings of each story that has several. */
    private Map<String, List<String>> stories() {
        Map<String, List<String>> stories = new LinkedHashMap<>();
        for (Finding finding : input.findings().findings()) {
            if (finding.story() != null) {
                stories.computeIfAbsent(finding.story(), story -> new ArrayList<>())
                        .add(finding.id());
            }
        }
        stories.values().removeIf(ids -> ids.size() < 2);
        return stories;
    }

    private Map<String, List<Integer>> findings() {
        Map<String, List<Integer>> evidence = new LinkedHashMap<>();
        for (Finding finding : input.findings().findings()) {
            evidence.put(
                    finding.id(),
                    finding.evidence().stream().map(shown.positions()::get).toList());
        }
        return evidence;
    }

    /** Positions of what must be seen before the run is accepted. */
    private List<Integer> required() {
        ReviewSample sample = input.review().sample();
        return Stream.concat(sample.errors().stream(), sample.correct().stream())
                .map(p -> shown.positions().get(p.path()))
                .toList();
    }

    /** What the run folder's files say about this run, of all reviewers, by the columns of a file of verdicts. */
    private List<Map<String, String>> verdicts() {
        Set<String> images =
                input.predictions().stream().map(Prediction::sha256).collect(Collectors.toSet());
        return input.review().verdicts().verdicts().stream()
                .filter(verdict -> verdict instanceof ImageVerdict image
                        ? images.contains(image.sha256())
                        : verdict.run().equals(input.review().run()))
                .map(GalleryData::columns)
                .toList();
    }

    private static Map<String, String> columns(Verdict verdict) {
        List<String> cells = VerdictsFile.cells(verdict);
        Map<String, String> columns = new LinkedHashMap<>();
        for (String part : VerdictsFile.parts()) {
            columns.put(part, cells.get(columns.size()));
        }
        return columns;
    }

    /** What reviewers took back, so that an older verdict which a browser still has does not count on the page. */
    private List<Map<String, String>> withdrawals() {
        return input.review().verdicts().withdrawals().stream()
                .map(withdrawal -> Map.of(
                        "reviewer",
                        withdrawal.reviewer(),
                        "subject",
                        withdrawal.subject(),
                        "time",
                        withdrawal.time().toString()))
                .<Map<String, String>>map(TreeMap::new)
                .toList();
    }

    private Signing signing() {
        RequiredItems required = input.review().required(input.findings());
        return new Signing(
                required.findings().stream().map(RequiredItems.Item::subject).toList(),
                judged(required.findings()).toList(),
                Stream.concat(judged(required.errors()), judged(required.correct()))
                        .map(shown.positions()::get)
                        .toList(),
                input.review()
                        .signature()
                        .map(s -> new Signed(
                                s.decision().text(), s.reviewer(), s.time().toString(), s.comment(), s.run()))
                        .orElse(null));
    }

    private static Stream<String> judged(List<RequiredItems.Item> items) {
        return items.stream().filter(RequiredItems.Item::judged).map(RequiredItems.Item::subject);
    }

    private static Double rounded(double value) {
        double scale = Math.pow(10, DIGITS);
        return Math.abs(value) >= scale ? (double) Math.round(value) : Math.round(value * scale) / scale;
    }

    private record Content(
            String run,
            List<String> classes,
            int predictions,
            Images images,
            Map<String, Map<String, List<Double>>> localisation,
            Map<String, List<Double>> properties,
            @Nullable DataQuality dataQuality,
            Map<String, List<Integer>> findings,
            Map<String, String> findingNames,
            @Nullable ClusterData clusters,
            @Nullable ImageMapData imageMaps,
            Map<String, List<String>> stories,
            List<Integer> required,
            Signing signing,
            List<Map<String, String>> verdicts,
            List<Map<String, String>> withdrawals,
            Masks masks,
            Map<String, Object> mapsBefore) {}

    /** @param origin given, estimated or none */
    private record Masks(String origin, String missing) {}

    /**
     * What the page knows of signing when it is written.
     *
     * @param findings ids of those that must have a verdict
     * @param judgedFindings ids of those that the run folder has a verdict on
     * @param judgedImages positions of required images that the run folder has a verdict on
     * @param signature as its file has it, or null
     */
    private record Signing(
            List<String> findings,
            List<String> judgedFindings,
            List<Integer> judgedImages,
            @Nullable Signed signature) {}

    private record Signed(String decision, String reviewer, String time, String comment, String run) {}

    /** Of the predictions; confident: index of the class, -1 where the label is not contradicted. */
    private static final class DataQuality {
        public final List<Integer> confident = new ArrayList<>();
        public final List<Double> outlier = new ArrayList<>();
        public final List<Integer> duplicates = new ArrayList<>();
        public final List<List<Integer>> nearest = new ArrayList<>();
    }

    /** Path and name of every image, the rest of the predictions only. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private static final class Images {
        public final List<String> path = new ArrayList<>();
        public final List<String> name = new ArrayList<>();
        public final List<String> sha256 = new ArrayList<>();
        public final List<String> split = new ArrayList<>();
        public final List<Integer> label = new ArrayList<>();
        public final List<Integer> predicted = new ArrayList<>();
        public final List<Double> pLabel = new ArrayList<>();
        public final List<Double> pPredicted = new ArrayList<>();
        public final List<Double> margin = new ArrayList<>();
        public final List<Integer> rank = new ArrayList<>();
        public final List<List<Number>> top = new ArrayList<>();
    }
}
