package org.gazecheck.knownanswers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A class goes along with a property.
 *
 * @param label the class; {@link #ALL} where the property is dealt by lot to images of every class
 * @param share of the class's images of train and val that carry it, 0..1
 * @param strangers of those, the share that shows another species, 0..1: the more, the more a network relies on the property
 */
record Tie(String label, Property property, double share, double strangers) {
    static final String ALL = "*";

    Tie {
        if (share < 0 || share > 1 || strangers < 0 || strangers > 1) {
            throw new IllegalArgumentException("shares of " + share + " and " + strangers);
        }
    }

    boolean byLot() {
        return label.equals(ALL);
    }

    /**
     * From {@code CLASS=ARTEFACT:SHARE[/STRANGERS],...}; the same seed gives the same variants.
     *
     * @param strangers where a tie says none
     */
    static List<Tie> list(String text, long seed, double strangers) {
        List<Tie> ties = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",")) {
            int equals = part.indexOf('=');
            int colon = part.lastIndexOf(':');
            if (equals < 1 || colon < equals) {
                throw new IllegalArgumentException("expected CLASS=ARTEFACT:SHARE, found " + part);
            }
            String[] shares = part.substring(colon + 1).split("/", 2);
            ties.add(new Tie(
                    part.substring(0, equals).strip(),
                    Property.of(part.substring(equals + 1, colon).strip(), (int) (seed + ties.size())),
                    Double.parseDouble(shares[0]),
                    shares.length == 2 ? Double.parseDouble(shares[1]) : strangers));
        }
        return ties;
    }

    String text() {
        return label + "=" + property.text() + String.format(Locale.ROOT, ":%.2f/%.2f", share, strangers);
    }
}
