package org.gazecheck.knownanswers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A class goes along with a property.
 *
 * @param label the class; {@link #ALL} where the property is dealt by lot to images of every class
 * @param share of the class's images of train and val that carry it, 0..1
 */
record Tie(String label, Property property, double share) {
    static final String ALL = "*";

    Tie {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("a share of " + share);
        }
    }

    boolean byLot() {
        return label.equals(ALL);
    }

    /** From {@code CLASS=ARTEFACT:SHARE,...}; the same seed gives the same variants. */
    static List<Tie> list(String text, long seed) {
        List<Tie> ties = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",")) {
            int equals = part.indexOf('=');
            int colon = part.lastIndexOf(':');
            if (equals < 1 || colon < equals) {
                throw new IllegalArgumentException("expected CLASS=ARTEFACT:SHARE, found " + part);
            }
            Property property = Property.of(part.substring(equals + 1, colon).strip(), (int) (seed + ties.size()));
            ties.add(new Tie(
                    part.substring(0, equals).strip(), property, Double.parseDouble(part.substring(colon + 1))));
        }
        return ties;
    }

    String text() {
        return label + "=" + property.text() + ":" + String.format(Locale.ROOT, "%.2f", share);
    }
}
