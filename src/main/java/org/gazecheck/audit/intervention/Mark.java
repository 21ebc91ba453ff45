package org.gazecheck.audit.intervention;

import java.util.BitSet;
import java.util.Optional;

/**
 * Something that recurs outside the objects of a class.
 *
 * @param label the class
 * @param direction [d] of length 1: the mean of its cells
 * @param threshold how much a cell must be like it at least
 * @param places where it is looked for
 * @param place the cell where it mostly is; where it is at changing places, -1
 * @param likeness of its cells to each other: the mean cosine of two
 * @param standing how strong its cells are among all of their image, 0..1
 * @param prevalence among predicted classes in train
 */
record Mark(
        int label,
        double[] direction,
        double threshold,
        BitSet places,
        int place,
        double likeness,
        double standing,
        Prevalence prevalence) {
    /** A cell of an image that shows it. */
    record Sight(int cell, double likeness) {}

    boolean fixed() {
        return place >= 0;
    }

    /** Where an image shows it, at the cell that is most like it; empty where none is. */
    Optional<Sight> in(LocatedImage image) {
        int cell = image.mostLike(direction, places);
        return cell < 0
                ? Optional.empty()
                : Optional.of(new Sight(cell, image.similarity(cell, direction)))
                        .filter(sight -> sight.likeness >= threshold);
    }
}
