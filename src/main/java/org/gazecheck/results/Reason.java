package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What may make a network call images a class instead of the object, and the words for putting it on and taking it off. */
public enum Reason {
    BACKGROUND(
            "background",
            "its background",
            FindingKind.BACKGROUND_SHORTCUT,
            "put behind objects of other classes",
            "another background",
            "pasted in front of its usual backgrounds",
            "in front of other backgrounds",
            "in front of other backgrounds",
            "in front of their own kind",
            "in front of such backgrounds",
            "Each object is pasted both times and only the background differs, so the edges of the paste cannot be the"
                    + " cause."),
    PATCH(
            "patch",
            "a patch",
            FindingKind.PATCH_SHORTCUT,
            "pasted into images of other classes",
            "a patch from elsewhere",
            "with it pasted in",
            "with a patch from elsewhere pasted in at the same place",
            "with it painted over",
            "with as much painted over elsewhere",
            "with such a patch",
            "Something is pasted in at the same place both times and only what differs, so the edges of the paste cannot be"
                    + " the cause."),
    OBJECT(
            "object",
            "another object beside it",
            FindingKind.OBJECT_SHORTCUT,
            "pasted into images of other classes",
            "a piece of another image",
            "with it pasted in",
            "with a piece of another image pasted in at the same place",
            "with it painted over",
            "with as much painted over elsewhere",
            "with such an object",
            "Something is pasted in at the same place both times and only what differs, so the edges of the paste cannot be"
                    + " the cause."),
    COLOUR("colour", "colour", FindingKind.COLOUR_SHORTCUT, "coloured or lit like its images"),
    BLUR("blur", "blur", FindingKind.BLUR_SHORTCUT, "blurred like its images"),
    COMPRESSION(
            "compression",
            "compression",
            FindingKind.COMPRESSION_SHORTCUT,
            "made as compressed or noisy as its images"),
    SIZE(
            "size",
            "the size of the object",
            FindingKind.SIZE_SHORTCUT,
            "given to objects of other classes",
            "an edit that leaves their size",
            "with the object scaled to the class's size",
            "with an edit that leaves its size",
            "with the object scaled to the usual size of others",
            "with an edit that leaves its size",
            "of that size",
            "Each image is edited both times and only once in its size, so what both edits do cannot be the cause. Where"
                    + " masks are estimated or missing, the whole image is taken nearer or farther; what a farther one leaves"
                    + " free at its borders is filled with its mirror image.");

    private final String id;
    private final String noun;
    private final FindingKind kind;
    private final String put;
    private final String instead;
    private final String with;
    private final String without;
    private final String taken;
    private final String kept;
    private final String natural;
    private final String control;

    /** Of properties of a whole image. */
    Reason(String id, String noun, FindingKind kind, String with) {
        this(
                id,
                noun,
                kind,
                "put on images of other classes",
                "another alteration that costs as much confidence",
                with,
                "altered otherwise, at the same cost in confidence",
                "with it taken off",
                "altered otherwise",
                "like this",
                "The other alteration costs the network as much confidence, so that an image is merely spoilt cannot be the"
                        + " cause.");
    }

    Reason(
            String id,
            String noun,
            FindingKind kind,
            String put,
            String instead,
            String with,
            String without,
            String taken,
            String kept,
            String natural,
            String control) {
        this.id = id;
        this.noun = noun;
        this.kind = kind;
        this.put = put;
        this.instead = instead;
        this.with = with;
        this.without = without;
        this.taken = taken;
        this.kept = kept;
        this.natural = natural;
        this.control = control;
    }

    /** As it is written in files. */
    @JsonValue
    public String id() {
        return id;
    }

    /**
     * The reason with an id.
     *
     * @throws IllegalArgumentException if there is none
     */
    @JsonCreator
    public static Reason of(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no reason '" + id + "'"));
    }

    /** Empty where this program knows none with this id. */
    public static Optional<Reason> find(String id) {
        return Arrays.stream(values()).filter(reason -> reason.id.equals(id)).findFirst();
    }

    /** Of a finding; empty where it has none, or one that this program does not know. */
    public static Optional<Reason> of(Finding finding) {
        return Optional.ofNullable(finding.reason()).flatMap(Reason::find);
    }

    /** As a sentence says it after "by". */
    public String noun() {
        return noun;
    }

    /** Of findings that have this reason. */
    public FindingKind kind() {
        return kind;
    }

    /** What is done with it, as a sentence begins that says what it does: "put behind objects of other classes". */
    public String put() {
        return put;
    }

    /** Its control, as a noun: "another background". */
    public String instead() {
        return instead;
    }

    /** Images of other classes, put on: "pasted in front of its usual backgrounds". */
    public String with() {
        return with;
    }

    /** Their control: "in front of other backgrounds". */
    public String without() {
        return without;
    }

    /** Images of the class, taken off. */
    public String taken() {
        return taken;
    }

    /** Their control. */
    public String kept() {
        return kept;
    }

    /** Images that have it by themselves. */
    public String natural() {
        return natural;
    }

    /** Why the control excludes that the intervention itself is the cause: a sentence. */
    public String control() {
        return control;
    }
}
