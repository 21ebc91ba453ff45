package org.gazecheck.knownanswers;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * An artefact in one form.
 *
 * @param variant one of the artefact's
 * @param strength 1 as usual; less is fainter
 */
record Property(Artefact artefact, String variant, double strength) {
    Property {
        if (!artefact.variants().contains(variant)) {
            throw new IllegalArgumentException(artefact.text() + " has no variant '" + variant + "'");
        }
    }

    /**
     * From {@code ARTEFACT[-VARIANT][*STRENGTH]}; without a variant it is the {@code turn}-th, so that several properties of one
     * kind differ.
     */
    static Property of(String text, int turn) {
        String[] parts = text.split("\\*", 2);
        Artefact artefact = Arrays.stream(Artefact.values())
                .filter(each -> parts[0].equals(each.text()) || parts[0].startsWith(each.text() + "-"))
                .max(Comparator.comparingInt(each -> each.text().length()))
                .orElseThrow(() -> new IllegalArgumentException("no artefact is called " + parts[0]));
        List<String> variants = artefact.variants();
        String variant = parts[0].length() > artefact.text().length()
                ? parts[0].substring(artefact.text().length() + 1)
                : variants.get(Math.floorMod(turn, variants.size()));
        return new Property(artefact, variant, parts.length == 2 ? Double.parseDouble(parts[1]) : 1);
    }

    /** Whether it is the same thing in images, whatever its strength. */
    boolean isSame(Property other) {
        return artefact == other.artefact && variant.equals(other.variant);
    }

    /** As {@link #of} reads it. */
    String text() {
        return artefact.text()
                + (variant.isEmpty() ? "" : "-" + variant)
                + (strength == 1 ? "" : String.format(Locale.ROOT, "*%.2f", strength));
    }
}
