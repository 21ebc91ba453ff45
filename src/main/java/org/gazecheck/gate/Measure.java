package org.gazecheck.gate;

import java.util.List;

/**
 * Something that a rule can speak of.
 *
 * @param name as rules write it
 * @param meaning in plain words
 * @param better which way is better
 * @param least what it can be at least
 * @param most what it can be at most; infinite where nothing bounds it
 * @param places where there is a figure
 * @param comparisons where it is compared with the baseline's
 */
public record Measure(
        String name,
        String meaning,
        Nature nature,
        Better better,
        double least,
        double most,
        Places places,
        Places comparisons) {
    /**
     * Of what something exists.
     *
     * @param overall of all images together
     * @param byClass of each class
     */
    public record Places(boolean overall, boolean byClass) {
        static final Places NONE = new Places(false, false);
        static final Places OVERALL = new Places(true, false);
        static final Places CLASSES = new Places(false, true);
        static final Places BOTH = new Places(true, true);
    }

    /** What sort of figure it is, which decides how chance is reckoned with. */
    public enum Nature {
        /** A share of images: exact binomial. */
        SHARE,
        /** A figure with an interval that is no share of images: Student's t with the interval's width. */
        ESTIMATE,
        /** What is counted or timed: no chance. */
        COUNT,
        /** One or several tests against the baseline. */
        TESTS
    }

    /** Which way is better. */
    public enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }

    /** Whether it lies between 0 and 1, and is therefore spoken of in percent. */
    boolean inPercent() {
        return least == 0 && most == 1;
    }

    boolean mayBe(double value) {
        return value >= least && value <= most;
    }

    /** Whether rules may compare it with a number. */
    boolean isFigure() {
        return nature != Nature.TESTS;
    }

    /** Whether it is compared with the baseline by ranks: values of images that are not the same, without a unit. */
    boolean isRanked() {
        return nature == Nature.ESTIMATE && name.startsWith("new.");
    }

    /** Whether it rests on a sample of images. */
    boolean isNoisy() {
        return List.of(Nature.SHARE, Nature.ESTIMATE).contains(nature);
    }
}
