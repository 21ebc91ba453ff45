package org.gazecheck.report;

import java.util.Arrays;
import org.gazecheck.report.page.Page.Link;
import org.gazecheck.results.Finding;

/** The kinds of findings in plain words: what one of them says, and which section of the page has the figures. */
enum FindingKind {
    BACKGROUND_SHORTCUT(
            Finding.BackgroundShortcut.KIND,
            "Background shortcut",
            "The class is recognised by its background and not by the object alone. Confirmed by pasting the same objects in"
                    + " front of other backgrounds, so it is a cause and not only an association.",
            Section.BACKGROUNDS),
    SCENE_CORRELATION(
            Finding.SceneCorrelation.KIND,
            "Class correlated with a scene",
            "In training, most images of the class show one kind of surroundings. Whether the network uses that,"
                    + " only swapping backgrounds shows.",
            null),
    LOCALISATION_OF_ERRORS(
            Finding.LocalisationOfErrors.KIND,
            "Localisation of errors",
            "Heatmaps of wrong predictions lie elsewhere than those of right ones. This says where to look for a reason,"
                    + " not what the reason is.",
            Section.LOCALISATION),
    LOCALISATION_OF_CLASS_ERRORS(
            Finding.LocalisationOfClassErrors.KIND,
            "Localisation of a class's errors",
            "The same within one class: where the network errs on it, its heatmaps lie elsewhere than where it is right.",
            Section.LOCALISATION),
    LOCALISATION_OF_CLASS(
            Finding.LocalisationOfClass.KIND,
            "Localisation of a class",
            "Heatmaps of the class lie elsewhere than those of the other classes: perhaps its objects are smaller, perhaps"
                    + " it is recognised by something beside them.",
            Section.LOCALISATION),
    HEATMAP_CLUSTER(
            Finding.HeatmapCluster.KIND,
            "Cluster of heatmaps",
            "Images that are decided in the same unusual place are more, or less, often right than others of their classes.",
            null),
    PROPERTY_OF_ERRORS(
            Finding.PropertyOfErrors.KIND,
            "Property of errors",
            "Images that are brighter, blurrier, smaller or the like are more often wrong than others of the same"
                    + " class. An association, not a cause.",
            null),
    LABEL_ISSUES(
            Finding.LabelIssues.KIND,
            "Label issues",
            "The network is confident that images belong to another class than their label says: the label is wrong, or"
                    + " the network is misled.",
            null),
    DUPLICATES(
            Finding.Duplicates.KIND,
            "Duplicates",
            "The same image stands in the data more than once. In train and test it makes accuracy look better than"
                    + " it is.",
            Section.DATA),
    OUTLIERS(
            Finding.Outliers.KIND,
            "Images unlike the others",
            "To the network these images resemble nothing in training: broken, of another subject, or merely rare.",
            null),
    HEATMAP_FAILS_RANDOMISATION(
            Finding.HeatmapFailsRandomisation.KIND,
            "Heatmaps fail randomisation",
            "Its maps hardly change when the weights are redrawn at random, so they do not show what the network learned.",
            Section.HEATMAPS),
    HEATMAP_NOT_FAITHFUL(
            Finding.HeatmapNotFaithful.KIND,
            "Heatmaps not faithful",
            "On these images its maps explain the predictions no better than a blob in the middle would.",
            Section.HEATMAPS);

    private final String kind;
    private final String name;
    private final String meaning;
    private final Link section;

    FindingKind(String kind, String name, String meaning, Link section) {
        this.kind = kind;
        this.name = name;
        this.meaning = meaning;
        this.section = section;
    }

    private static final class Section {
        static final Link LOCALISATION = new Link("localisation", "Localisation");
        static final Link BACKGROUNDS = new Link("backgrounds", "Backgrounds");
        static final Link HEATMAPS = new Link("heatmaps", "Heatmaps");
        static final Link DATA = new Link("data", "Data quality");
    }

    /**
     * As files name it.
     *
     * @throws IllegalArgumentException if there is no such kind
     */
    static FindingKind of(String kind) {
        return Arrays.stream(values())
                .filter(k -> k.kind.equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no findings of kind '" + kind + "'"));
    }

    /** In words; a kind of a newer program as it is. */
    static String title(String kind) {
        return Arrays.stream(values())
                .filter(k -> k.kind.equals(kind))
                .findFirst()
                .map(FindingKind::title)
                .orElse(kind);
    }

    /** Of its place on the page. */
    String id() {
        return "kind-" + kind;
    }

    String title() {
        return name;
    }

    String meaning() {
        return meaning;
    }

    /** Which has the figures; null where none has. */
    Link section() {
        return section;
    }
}
