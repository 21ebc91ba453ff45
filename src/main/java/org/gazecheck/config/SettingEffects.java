package org.gazecheck.config;

import static org.gazecheck.config.Computation.ASSOCIATIONS;
import static org.gazecheck.config.Computation.CLASS_LOCALISATION;
import static org.gazecheck.config.Computation.COUNTERFACTUALS;
import static org.gazecheck.config.Computation.DATA_QUALITY;
import static org.gazecheck.config.Computation.EMBEDDING;
import static org.gazecheck.config.Computation.EVALUATE;
import static org.gazecheck.config.Computation.FINDINGS;
import static org.gazecheck.config.Computation.FINETUNE;
import static org.gazecheck.config.Computation.HEATMAP_QUALITY;
import static org.gazecheck.config.Computation.IMPORT;
import static org.gazecheck.config.Computation.LOCALISATION;
import static org.gazecheck.config.Computation.MASKS;
import static org.gazecheck.config.Computation.MITIGATE;
import static org.gazecheck.config.Computation.MITIGATION;
import static org.gazecheck.config.Computation.PREPARE;
import static org.gazecheck.config.Computation.PROPERTIES;
import static org.gazecheck.config.Computation.REPORT;
import static org.gazecheck.config.Computation.TRAIN;
import static org.gazecheck.config.Computation.VIEWS;
import static org.gazecheck.config.Computation.WEAK_SEGMENTS;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of every setting of a run what its value changes, or why it changes nothing. */
final class SettingEffects {
    private static final Map<String, Effect> EFFECTS = new LinkedHashMap<>();

    static {
        add("name", REPORT);
        add("data.allowMissing", PREPARE);
        add("data.invalid", PREPARE);
        add(
                "data.missingMasks",
                MASKS,
                LOCALISATION,
                CLASS_LOCALISATION,
                COUNTERFACTUALS,
                PROPERTIES,
                ASSOCIATIONS,
                WEAK_SEGMENTS);
        add("data.maxPixels", PREPARE);
        add("model.architecture", TRAIN);
        add("model.strideInFirst", TRAIN);
        add("model.weightsPrefix", TRAIN);
        add("model.size", TRAIN);
        add("external.layer", IMPORT);
        add("external.output", IMPORT);
        add("external.layout", IMPORT);
        add("external.grid", IMPORT);
        add("external.loader", IMPORT);
        add("external.preprocessing", IMPORT);
        add("external.size", IMPORT);
        add("external.crop", IMPORT);
        add("external.scale", IMPORT);
        add("external.mean", IMPORT);
        add("external.std", IMPORT);
        add("external.order", IMPORT);
        add("external.channels", IMPORT);
        add("train.recipe", TRAIN);
        add("train.views.mirror", TRAIN);
        add("train.views.crops", TRAIN);
        for (String drawn : List.of("minScale", "maxScale", "brightness", "contrast", "saturation", "hue")) {
            add("train.views." + drawn, TRAIN, VIEWS, FINETUNE);
        }
        for (String probe : List.of("features", "smoothing", "l2", "maxIterations")) {
            add("train.probe." + probe, TRAIN);
        }
        add("train.finetune.from", FINETUNE);
        add("train.finetune.views", FINETUNE);
        add("train.finetune.epochs", FINETUNE);
        add("train.finetune.batch", FINETUNE);
        add("train.finetune.optimizer", FINETUNE);
        add("train.finetune.learningRate", FINETUNE);
        add("train.finetune.headLearningRate", FINETUNE);
        add("train.finetune.weightDecay", FINETUNE);
        add("train.finetune.warmup", FINETUNE);
        add("train.finetune.smoothing", FINETUNE);
        add("train.finetune.mixup", FINETUNE);
        add("train.finetune.averaging", FINETUNE);
        add("train.finetune.patience", FINETUNE);
        add("mitigation.findings", MITIGATE, MITIGATION);
        add("mitigation.suspected", MITIGATE, MITIGATION);
        add("mitigation.train", MITIGATE);
        add("evaluate.flip", EVALUATE);
        add("evaluate.temperature", EVALUATE);
        add("evaluate.bootstrap", EVALUATE);
        add("audit.border", LOCALISATION);
        add("audit.interventions", "audit.counterfactuals", COUNTERFACTUALS);
        add("audit.budget", COUNTERFACTUALS);
        add(
                "audit.estimateMasks",
                LOCALISATION,
                CLASS_LOCALISATION,
                COUNTERFACTUALS,
                PROPERTIES,
                ASSOCIATIONS,
                WEAK_SEGMENTS);
        add("audit.dataQuality", DATA_QUALITY);
        add("audit.trust.images", "audit.heatmapQuality.images", HEATMAP_QUALITY);
        add("audit.trust.methods", "audit.heatmapQuality.methods", HEATMAP_QUALITY);
        add("audit.trust.steps", "audit.heatmapQuality.steps", HEATMAP_QUALITY);
        add("report.thumbnail", REPORT);
        add("report.galleryImages", REPORT);
        add("review.errors", REPORT);
        add("review.correct", REPORT);
        add("expect.val.top1", FINDINGS, REPORT);
        add("expect.test.top1", FINDINGS, REPORT);
        add("compute.inference", TRAIN, FINETUNE, MITIGATE, EVALUATE, COUNTERFACTUALS, DATA_QUALITY, HEATMAP_QUALITY);
        add(
                "seed",
                TRAIN,
                VIEWS,
                FINETUNE,
                MITIGATE,
                MITIGATION,
                EVALUATE,
                CLASS_LOCALISATION,
                COUNTERFACTUALS,
                PROPERTIES,
                ASSOCIATIONS,
                WEAK_SEGMENTS,
                DATA_QUALITY,
                HEATMAP_QUALITY,
                EMBEDDING,
                REPORT);
    }

    /** Why the other settings never enter an identity, by key. */
    static final Map<String, String> WITHOUT = Map.ofEntries(
            Map.entry("data.source", "images, labels and splits enter by their content"),
            Map.entry("data.dir", "images, labels and splits enter by their content"),
            Map.entry("data.file", "images, labels and splits enter by their content"),
            Map.entry("data.valShare", "images, labels and splits enter by their content"),
            Map.entry("data.testShare", "images, labels and splits enter by their content"),
            Map.entry("data.drawn.train", "images, labels and splits enter by their content"),
            Map.entry("data.drawn.val", "images, labels and splits enter by their content"),
            Map.entry("data.drawn.test", "images, labels and splits enter by their content"),
            Map.entry("data.drawn.size", "images, labels and splits enter by their content"),
            Map.entry("data.masks", "masks enter by their content"),
            Map.entry("data.download", "what is downloaded enters by its content"),
            Map.entry("model.weights", "weights enter by their hash"),
            Map.entry("model.dir", "weights enter by their hash"),
            Map.entry("model.download", "weights enter by their hash"),
            Map.entry("model.mirror", "weights enter by their hash"),
            Map.entry("model.run", "the model of another run enters by its hash and its run's folder"),
            Map.entry("mitigation.run", "the run that is mended enters by the hashes of its model and its audit"),
            Map.entry("mitigation.groups", "the groups of images enter by their file's hash"),
            Map.entry("external.model", "the network enters by its file's hash"),
            Map.entry("external.labels", "the names of the classes enter themselves"),
            Map.entry("external.trialMemory", "a network that needs more is refused, and no other is changed"),
            Map.entry("external.trialSeconds", "a network that needs longer is refused, and no other is changed"),
            Map.entry("train.finetune.diskLimit", "a training that needs more is refused, and no other is changed"),
            Map.entry("output.dir", "where results go"),
            Map.entry("cache.dir", "where computed rows are kept"),
            Map.entry("cache.maxSize", "rows that are no longer kept are computed again, equal"),
            Map.entry("compute.threads", "how fast it goes; the provenance states it"),
            Map.entry("compute.batch", "a row is equal in any batch"));

    private SettingEffects() {}

    private static void add(String key, Computation... affects) {
        add(key, key, affects);
    }

    private static void add(String key, String id, Computation... affects) {
        EFFECTS.put(key, Effect.of(key, id, affects));
    }

    /** By key. */
    static Map<String, Effect> all() {
        return Map.copyOf(EFFECTS);
    }
}
