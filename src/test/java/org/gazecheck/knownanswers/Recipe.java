package org.gazecheck.knownanswers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a data set is made of.
 *
 * @param name of the set
 * @param ties what goes along with which class
 * @param tiedTest whether test is tied as train is; else it is dealt evenly over the classes
 * @param elsewhere the share of other classes' images of train and val that carry a tied property, 0..1
 */
record Recipe(
        String name,
        Base base,
        List<Tie> ties,
        boolean tiedTest,
        Masks masks,
        double elsewhere,
        Sizes sizes,
        long seed) {
    /** Changes when images of the same recipe would. */
    private static final int VERSION = 1;

    /** Images of a class in each split. */
    record Sizes(int train, int val, int test) {
        static final Sizes USUAL = new Sizes(14, 8, 20);
    }

    /** Where images come from. */
    enum Base {
        /** Photographs as they are. */
        NATURAL,
        /** The same of other species. */
        NATURAL2,
        /** Flowers that were cut out, before drawn backgrounds. */
        COMPOSITE
    }

    /** What the given masks show. */
    enum Masks {
        WHOLE,
        /** Half of the images show a second flower of the class, which the mask leaves out. */
        ONE,
        /** None are given, and the audit estimates them. */
        ESTIMATED,
        /** None are given, and none are estimated. */
        NONE;

        boolean given() {
            return this == WHOLE || this == ONE;
        }
    }

    Recipe {
        ties = List.copyOf(ties);
        if (masks.given() && base != Base.COMPOSITE) {
            throw new IllegalArgumentException(
                    "photographs have no masks: take composites, or masks estimated or none");
        }
        if (base != Base.COMPOSITE
                && ties.stream().anyMatch(tie -> tie.property().artefact() == Artefact.BACKGROUND)) {
            throw new IllegalArgumentException("photographs keep their background: take composites");
        }
    }

    /** Every property that is dealt, once. */
    List<Property> properties() {
        List<Property> once = new ArrayList<>();
        for (Tie tie : ties) {
            if (once.stream().noneMatch(tie.property()::isSame)) {
                once.add(tie.property());
            }
        }
        return once;
    }

    /** Everything that its images depend on, in one line. */
    String text() {
        return String.join(
                " ",
                "version " + VERSION,
                base.name(),
                ties.stream().map(Tie::text).collect(Collectors.joining(",")),
                tiedTest ? "tied" : "even",
                masks.name(),
                Double.toString(elsewhere),
                sizes.toString(),
                Long.toString(seed));
    }
}
