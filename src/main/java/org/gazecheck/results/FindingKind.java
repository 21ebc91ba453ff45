package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.results.Finding.Severity;

/**
 * The kinds of findings, in the order in which the report explains them: all that is the same for every finding of a kind.
 * Only shortcuts, which interventions are made for, carry that word in their ids.
 */
public enum FindingKind {
    BACKGROUND_SHORTCUT(
            "background-shortcut",
            Subject.CLASS,
            Severities.from(0, 0.2),
            Section.SHORTCUTS,
            "Background shortcut",
            "Images are called the class because of their background." + Established.PROVEN,
            "Add training images of it in front of other backgrounds, and of other classes in front of its usual ones; then"
                    + " train and audit again."),
    PATCH_SHORTCUT(
            "patch-shortcut",
            Subject.CLASS,
            Severities.from(0, 0.2),
            Section.SHORTCUTS,
            "Patch shortcut",
            "Images are called the class because of a patch in them: a tag, a stamp, a mark." + Established.PROVEN,
            "Crop or paint over the patch in training, or put it on images of other classes too; then train and audit again."),
    OBJECT_SHORTCUT(
            "object-shortcut",
            Subject.CLASS,
            Severities.from(0, 0.2),
            Section.SHORTCUTS,
            "Object shortcut",
            "Images are called the class because of something else that they show beside the object."
                    + Established.PROVEN,
            "Add training images of it without that object, and of other classes with it; then train and audit again."),
    COLOUR_SHORTCUT(
            "colour-shortcut",
            Subject.CLASS,
            Severities.from(0, 0.2),
            Section.SHORTCUTS,
            "Colour shortcut",
            "Images are called the class because of the light or the colours of the whole image." + Established.PROVEN,
            "Train with more variation of colour and light, or add images of it under other light; then train and audit again."),
    BLUR_SHORTCUT(
            "blur-shortcut",
            Subject.CLASS,
            Severities.from(0, 0.2),
            Section.SHORTCUTS,
            "Blur shortcut",
            "Images are called the class because they are blurred." + Established.PROVEN,
            "Add sharp training images of it, and blurred ones of other classes; then train and audit again."),
    COMPRESSION_SHORTCUT(
            "compression-shortcut",
            Subject.CLASS,
            Severities.from(0, 0.2),
            Section.SHORTCUTS,
            "Compression shortcut",
            "Images are called the class because of how strongly they are compressed, or because of noise."
                    + Established.PROVEN,
            "Store all training images alike, or compress those of other classes too; then train and audit again."),
    SIZE_SHORTCUT(
            "size-shortcut",
            Subject.CLASS,
            Severities.from(0, 0.2),
            Section.SHORTCUTS,
            "Size shortcut",
            "Images are called the class because of the size of the object in them." + Established.PROVEN,
            "Add training images of it at other distances, or train with crops of several scales; then train and audit again."),
    SCENE_CORRELATION(
            "scene-correlation",
            Subject.CLASS,
            Severities.from(0.75, Severities.NEVER),
            Section.NONE,
            "Class correlated with a scene",
            "In training, most images of the class show one kind of surroundings. Whether the network uses that,"
                    + " only swapping backgrounds shows.",
            "An association only: look whether an intervention proves it, and add images of this class in other"
                    + " scenes."),
    LOCALISATION_OF_ERRORS(
            "localisation-of-errors",
            Subject.MEASURE,
            Severities.from(0.33, 0.474),
            Section.LOCALISATION,
            "Localisation of errors",
            "Heatmaps of wrong predictions lie elsewhere than those of right ones. This says where to look for a reason,"
                    + " not what the reason is.",
            "Look at the errors below: what do their heatmaps point at instead of the object?"),
    LOCALISATION_OF_CLASS_ERRORS(
            "localisation-of-class-errors",
            Subject.CLASS,
            Severities.from(0.33, 0.474),
            Section.LOCALISATION,
            "Localisation of a class's errors",
            "The same within one class: where the network errs on it, its heatmaps lie elsewhere than where it is right.",
            "Look at the errors below: what do their heatmaps point at instead of the object?"),
    LOCALISATION_OF_CLASS(
            "localisation-of-class",
            Subject.CLASS,
            Severities.from(Severities.NEVER, Severities.NEVER),
            Section.LOCALISATION,
            "Localisation of a class",
            "Heatmaps of the class lie elsewhere than those of the other classes. That accuses no class: the mask may hold one of"
                    + " several objects, or leave out what the object is rightly known by. Whether it is recognised by something"
                    + " beside the object, only interventions show.",
            "Look at the images below: what do the heatmaps point at, and does it belong to the object?"),
    HEATMAP_CLUSTER(
            "heatmap-cluster",
            Subject.CLUSTER,
            Severities.from(0.15, 0.3),
            Section.NONE,
            "Cluster of heatmaps",
            "Images that are decided in the same unusual place are more, or less, often right than others of their classes.",
            "Look at the images below: what do their heatmaps share, and does it belong to the object?"),
    PROPERTY_OF_ERRORS(
            "property-of-errors",
            Subject.PROPERTY,
            Severities.from(0.33, 0.474),
            Section.NONE,
            "Property of errors",
            "Images that are brighter, blurrier, smaller or the like are more often wrong than others of the same"
                    + " class. An association, not a cause.",
            "Look at the errors below, and train on more images like them."),
    WEAK_SEGMENT(
            "weak-segment",
            Subject.SEGMENT,
            Severities.from(0.15, 0.3),
            Section.NONE,
            "Weak segment",
            "Images that share one or two traits are less often right than the others: a class, a range of a property, a"
                    + " scene, a place of the heatmap. An association, not a cause.",
            "Look at the errors below: what do they share? Add training images like them, and weigh whether the network may"
                    + " be used on such images."),
    LABEL_ISSUES(
            "label-issues",
            Subject.CLASS,
            Severities.from(0.1, Severities.NEVER),
            Section.NONE,
            "Label issues",
            "The network is confident that images belong to another class than their label says: the label is wrong, or"
                    + " the network is misled.",
            "Look at these images and correct the labels that are wrong."),
    DUPLICATES(
            "duplicates",
            Subject.SPLITS,
            Severities.from(0, 0.01),
            Section.DATA,
            "Duplicates",
            "The same image stands in the data more than once. In train and test it makes accuracy look better than"
                    + " it is.",
            "Keep one of each, in train where one is there, and evaluate again."),
    OUTLIERS(
            "outliers",
            Subject.SPLITS,
            Severities.from(0.05, Severities.NEVER),
            Section.NONE,
            "Images unlike the others",
            "To the network these images resemble nothing in training: broken, of another subject, or merely rare.",
            "Look whether they belong to the data set; if they do, train needs more images like them."),
    HEATMAP_FAILS_RANDOMISATION(
            "heatmap-fails-randomisation",
            Subject.METHOD,
            Severities.from(0, Severities.NEVER),
            Section.HEATMAPS,
            "Heatmaps fail randomisation",
            "Its maps hardly change when the weights are redrawn at random, so they do not show what the network learned.",
            "Do not read these maps as reasons for a class: they show what the layer reacts to."),
    HEATMAP_NOT_FAITHFUL(
            "heatmap-not-faithful",
            Subject.METHOD,
            Severities.from(Severities.NEVER, Severities.NEVER),
            Section.HEATMAPS,
            "Heatmaps not faithful",
            "On these images its maps explain the predictions no better than a blob in the middle would.",
            "Do not take these maps as evidence on these images: objects in the middle would look the same.");

    /** What findings of a kind are about. */
    public enum Subject {
        CLASS,
        /** A measure of localisation, by its column in {@code localisation.csv}. */
        MEASURE,
        /** A property of images, by its column in {@code properties.csv}. */
        PROPERTY,
        /** A cluster of heatmaps, as {@code heatmap-clusters.csv} names it. */
        CLUSTER,
        /** Images with one or two traits, as {@code weak-segments.csv} names them. */
        SEGMENT,
        /** One split ("test"), or where two are concerned ("train and test"). */
        SPLITS,
        /** A heatmap method. */
        METHOD;

        /** Whether it means the same in every audit: names of clusters and segments carry numbers and ranges that change. */
        public boolean steady() {
            return this != CLUSTER && this != SEGMENT;
        }
    }

    /** Which part of the report has the figures. */
    public enum Section {
        LOCALISATION,
        SHORTCUTS,
        HEATMAPS,
        DATA,
        NONE
    }

    /** How shortcuts are established. */
    private static final class Established {
        static final String PROVEN =
                " Proven when putting it on images of other classes shows it, against a control: the same edit without it, or"
                        + " another alteration that costs as much confidence. So it is a cause and not only an association. And a"
                        + " second witness says the same;"
                        + " suspected when one of these stands alone.";
    }

    /** Severity by the size of the effect: from {@code medium} and {@code high} on; below, low. */
    private record Severities(double medium, double high) {
        static final double NEVER = Double.POSITIVE_INFINITY;

        static Severities from(double medium, double high) {
            return new Severities(medium, high);
        }

        Severity of(double size) {
            return size >= high ? Severity.HIGH : size >= medium ? Severity.MEDIUM : Severity.LOW;
        }
    }

    private final String id;
    private final Subject subject;
    private final Severities severities;
    private final Section section;
    private final String title;
    private final String meaning;
    private final String advice;

    FindingKind(
            String id,
            Subject subject,
            Severities severities,
            Section section,
            String title,
            String meaning,
            String advice) {
        this.id = id;
        this.subject = subject;
        this.severities = severities;
        this.section = section;
        this.title = title;
        this.meaning = meaning;
        this.advice = advice;
    }

    /** As files and gate rules have it. */
    @JsonValue
    public String id() {
        return id;
    }

    /**
     * The kind with an id.
     *
     * @throws IllegalArgumentException if there is none
     */
    @JsonCreator
    public static FindingKind of(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no findings of kind '" + id + "'"));
    }

    /** Empty where this program knows none with this id. */
    public static Optional<FindingKind> find(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(FindingKind::id).collect(Collectors.toList());
    }

    /** Whether it says what makes the network call a class, by intervention. */
    public boolean isShortcut() {
        return id.endsWith("-shortcut");
    }

    public Subject subject() {
        return subject;
    }

    /**
     * By the kind's rule, where nothing else is known that raises or lowers it.
     *
     * @param size of the effect, 0 or more, in the unit of the kind's effects
     */
    public Severity severity(double size) {
        return severities.of(size);
    }

    public Section section() {
        return section;
    }

    /** In a few words. */
    public String title() {
        return title;
    }

    /** What a finding of this kind says, in one or two sentences. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it, where a finding knows nothing better. */
    public String advice() {
        return advice;
    }

    /** Of its explanation on the report's page. */
    public String anchor() {
        return "kind-" + id;
    }

    /** Where its method is documented: a file of the project, and the heading in it. */
    public String documentation() {
        return "docs/audit-methods.md#" + id;
    }
}
