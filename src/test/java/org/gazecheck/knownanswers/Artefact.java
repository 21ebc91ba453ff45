package org.gazecheck.knownanswers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can go along with a class without belonging to its objects. */
enum Artefact {
    /** A drawn kind of background; composites only. */
    BACKGROUND("background", "brick", "grass", "pebbles", "planks", "soil", "water"),
    /** A tag with letters in a corner that is always the same. */
    STAMP("patch", "nw", "ne", "sw", "se"),
    /** A small coloured mark at any place near the border. */
    STICKER("patch", "disc", "ruler"),
    /** A small drawn thing beside the flower, turned at random. */
    OBJECT("object", "ladybird", "clip"),
    /** A small real flower of a species that is no class of the set. */
    REAL_OBJECT("object", "daisy"),
    /** The whole image's colours are shifted. */
    CAST("colour", "warm", "cold", "green", "violet"),
    /** Dark corners. */
    VIGNETTE("colour", ""),
    BLUR("blur", ""),
    /** Saved as JPEG of low quality, then again with high quality. */
    COMPRESSION("compression", ""),
    NOISE("compression", ""),
    /** The flower is far away. */
    SMALL("size", ""),
    /** The flower is near. */
    LARGE("size", "");

    private final String reason;
    private final List<String> variants;

    Artefact(String reason, String... variants) {
        this.reason = reason;
        this.variants = List.of(variants);
    }

    /** As findings name it. */
    String reason() {
        return reason;
    }

    List<String> variants() {
        return variants;
    }

    /** As it is written on the command line and in tables. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a finding's reason is right: a patch and an object are one. */
    boolean isNamedBy(String given) {
        return given.equals(reason) || isThing(given) && isThing(reason);
    }

    private static boolean isThing(String reason) {
        return reason.equals("patch") || reason.equals("object");
    }

    static Artefact of(String text) {
        return Arrays.stream(values())
                .filter(artefact -> artefact.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no artefact is called " + text));
    }
}
