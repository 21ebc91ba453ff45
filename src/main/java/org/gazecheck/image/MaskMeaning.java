package org.gazecheck.image;

/**
 * How the values of a folder's masks are read.
 *
 * @param rule which values are the object
 * @param least smallest value that is object, for {@link Rule#FROM}; else 0
 */
public record MaskMeaning(Rule rule, int least) {
    /** A palette's place that is neither object nor background. */
    static final int VOID = 255;

    /** Which values are the object. */
    public enum Rule {
        /** All but 0 (of colours: all but black). */
        NOT_ZERO,
        /** Those of the upper half of what the file's bits can hold. */
        UPPER_HALF,
        /** Those from a value on. */
        FROM,
        /** Places in a palette other than 0; 255 is neither object nor background. */
        PALETTE
    }

    public static MaskMeaning of(Rule rule) {
        return new MaskMeaning(rule, 0);
    }

    boolean isVoid(int value) {
        return rule == Rule.PALETTE && value == VOID;
    }

    /**
     * @param value as stored
     * @param most largest value that the file's bits can hold
     */
    boolean isObject(int value, int most) {
        return switch (rule) {
            case NOT_ZERO -> value != 0;
            case UPPER_HALF -> value > most / 2;
            case FROM -> value >= least;
            case PALETTE -> value != 0 && value != VOID;
        };
    }
}
