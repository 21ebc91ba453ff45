package org.gazecheck.stats;

/**
 * What random numbers are for: the one list of the ids that streams derive from. An id is no name: it stays as it is when
 * what it is for is called otherwise, since every figure behind it would change. Some purposes have a stream for each of
 * many {@linkplain #about subjects}; where the subject is a measure, a {@link Subject} stands for it.
 */
public enum Purpose {
    DEMO_IMAGE("demo"),
    SPLIT("split"),
    INITIAL_WEIGHTS("weights"),
    TRAINING_VIEW("view"),
    AUGMENTATION("augment"),
    BATCH_ORDER("order"),
    MIXUP("mixup"),
    CACHED_VIEW("draw"),
    VARIANT("variant"),
    METRICS("metrics of "),
    TEMPERATURE("temperature"),
    GALLERY_IMAGE("report: image"),
    GALLERY_CLASS("report: class"),
    REVIEW_SAMPLE("sample for review"),
    REVIEWER_AGREEMENT("agreement of "),
    AUDIT_SAMPLE("sample of photographs"),
    CLASS_LOCALISATION_TEST("permute attention"),
    CLASS_LOCALISATION("attention of "),
    ERRORS_TEST("shuffle correctness"),
    ERRORS_BY_MEASURE("errors by "),
    ERRORS_OF_CLASS("errors of class "),
    HEATMAP_CLUSTERS("groups of heatmaps"),
    HEATMAP_CLUSTER_ACCURACY("accuracy of heatmaps "),
    SCENE_CLUSTERS("kinds of scene"),
    SCENE_TEST("shuffle classes"),
    BACKGROUND_CLUSTERS("scenes"),
    CELL_PROJECTION("projection of cells"),
    MARK_CLUSTERS("clusters of cells"),
    MARK_PLACES("places of marks in "),
    MIXED_BACKGROUNDS("mixed backgrounds"),
    SHORTCUT_OBJECTS("objects for "),
    SHORTCUT_DONORS("donors for "),
    SHORTCUT_CONTROLS("controls for "),
    BALANCED_SAMPLES("balanced samples of "),
    DUPLICATE_THRESHOLD("pairs of photographs"),
    OUTLIERS("outliers"),
    WEAK_SEGMENT_HALVES("halves for weak segments"),
    WEAK_SEGMENT_SCENES("scenes of audited images"),
    EMBEDDING_SAMPLE("sample for the map of images"),
    FEATURE_EMBEDDING("map of images by features"),
    HEATMAP_EMBEDDING("map of images by heatmap"),
    EMBEDDING_QUALITY("quality of the map of images"),
    HEATMAP_SAMPLE("sample for map tests"),
    HEATMAP_TEST("test heatmaps"),
    RANDOMISED_WEIGHTS("randomise weights"),
    FAITHFULNESS("map tests "),
    HEATMAP_SIMILARITY("map similarity "),
    COMPARED_PAIRS("paired "),
    COMPARED_GROUPS("unpaired "),
    COMPARED_MIX("mix "),
    COMPARED_FEATURES("features of new images"),
    ARRIVALS_ORDER("order of arrivals");

    private final String id;

    Purpose(String id) {
        this.id = id;
    }

    /** The stream of a purpose that has but one. */
    public RandomStream stream() {
        return new RandomStream(id);
    }

    /** @param subject such as the name of a class; no name that may be changed later */
    public RandomStream about(String subject) {
        return new RandomStream(id + subject);
    }

    public RandomStream about(Subject subject) {
        return about(subject.id());
    }

    /** What is drawn besides {@code stream}, for the same subject. */
    public RandomStream of(RandomStream stream) {
        return about(stream.id());
    }

    /** Measures that have streams of their own. */
    public enum Subject {
        MASS_LIFT("lift"),
        MASS_ACCURACY("inside"),
        RANK_ACCURACY("rank-accuracy"),
        DISTANCE("distance"),
        BORDER_MASS("border"),
        ENTROPY("entropy"),
        BRIGHTNESS("brightness"),
        CONTRAST("contrast"),
        SHARPNESS("sharpness"),
        SATURATION("saturation"),
        OBJECT_HUE("flower_hue"),
        BACKGROUND_HUE("background_hue"),
        ASPECT("aspect"),
        PIXELS("pixels"),
        OBJECT_AREA("flower_area"),
        OFF_CENTRE("off_centre"),
        INSERTION("insertion"),
        DELETION("deletion"),
        ROAD("road"),
        AVERAGE_DROP("average-drop"),
        INCREASE("increase"),
        SHIFTED("shift"),
        BRIGHTENED("brightness"),
        RECOMPRESSED("jpeg"),
        CONFIDENCE("confidence"),
        OUTLIER("outlier"),
        COMPARED_MASS_LIFT("attention.insideMask.lift"),
        COMPARED_BORDER_MASS("attention.border"),
        COMPARED_ENTROPY("attention.entropy"),
        LABELS("classes"),
        PREDICTED_CLASSES("predictedClasses");

        private final String id;

        Subject(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }

        /** In one of several sets of images, such as a split. */
        public String in(String set) {
            return set + "." + id;
        }

        /** Of one class. */
        public String of(String label) {
            return id + " " + label;
        }
    }
}
