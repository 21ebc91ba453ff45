package org.gazecheck.audit.intervention;

import java.util.BitSet;
import java.util.Optional;
import org.gazecheck.results.Reason;

/**
 * Something that recurs outside the objects of a class.
 *
 * @param label the class
 * @param grid of the cells
 * @param direction [d] of length 1: the mean of its cells
 * @param threshold how much a cell must be like it at least
 * @param places where it is looked for
 * @param place the cell where it mostly is; where it is at changing places, -1
 * @param extent of cells around it that recur with it
 * @param likeness of its cells to each other: the mean cosine of two
 * @param standing how strong its cells are among all of their image, 0..1
 * @param outside the share of its cells that lie outside the object
 * @param spread the share of its images' cells outside the object that are as like it
 * @param prevalence among predicted classes in train
 */
record Mark(
        int label,
        CellGrid grid,
        double[] direction,
        double threshold,
        BitSet places,
        int place,
        CellGrid.Extent extent,
        double likeness,
        double standing,
        double outside,
        double spread,
        Prevalence prevalence) {
    private static final double NEARLY_THE_SAME = 0.5;

    /** What covers more of what lies outside objects is the background itself. */
    private static final double MOST_SPREAD = 0.12;

    /** The side of the smallest window that holds it, as a share of the image's; two cells where these are larger. */
    private static final double LEAST_SIDE = 0.2;

    /**
     * Where an image shows it.
     *
     * @param window around it
     * @param likeness to it, -1..1
     */
    record Sight(int cell, Window window, double likeness) {}

    /** With a p-value of its prevalence that is corrected for all that could have been proposed. */
    Mark corrected(double q) {
        Prevalence raw = prevalence;
        Prevalence corrected = new Prevalence(raw.share(), raw.expected(), raw.others(), raw.p(), q);
        return new Mark(
                label, grid, direction, threshold, places, place, extent, likeness, standing, outside, spread,
                corrected);
    }

    /** Whether it covers so much that it is no mark on a background but a part of it. */
    boolean isBackground() {
        return spread > MOST_SPREAD;
    }

    /** How clear it is: how much more often the class shows it, how much alike, and how much it counts. */
    double clearness() {
        double others = Double.isNaN(prevalence.others()) ? 0 : prevalence.others();
        return (prevalence.share() - others) * likeness * standing;
    }

    boolean fixed() {
        return place >= 0;
    }

    /** A patch is at one place, or looks nearly the same wherever it is; anything else is an object. */
    Reason reason() {
        return fixed() || likeness >= NEARLY_THE_SAME ? Reason.PATCH : Reason.OBJECT;
    }

    /** As a sentence says it after "because of". */
    String detail() {
        if (fixed()) {
            return "a patch " + where();
        }
        return reason() == Reason.PATCH ? "a patch at changing places" : "another object beside it";
    }

    private String where() {
        String[][] names = {
            {"in the upper left", "at the top", "in the upper right"},
            {"on the left", "in the middle", "on the right"},
            {"in the lower left", "at the bottom", "in the lower right"}
        };
        return names[3 * grid.row(place) / grid.rows()][3 * grid.column(place) / grid.columns()];
    }

    /** Where an image shows it, at the cell that is most like it; empty where none is. */
    Optional<Sight> in(LocatedImage image) {
        int cell = image.mostLike(direction, places);
        if (cell < 0 || image.similarity(cell, direction) < threshold) {
            return Optional.empty();
        }
        int size = image.image().frame().width();
        int least = (int) Math.ceil(Math.max(LEAST_SIDE, 2.0 / grid.columns()) * size);
        Window window = grid.around(cell, extent, least, size);
        return Optional.of(new Sight(cell, window, image.similarity(cell, direction)));
    }
}
