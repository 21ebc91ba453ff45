package org.gazecheck.gate;

/** A rule that cannot be understood; the message says where in it, what was expected, and what was probably meant. */
public final class RuleException extends Exception {
    private final int column;

    RuleException(int column, String problem) {
        super("column " + column + ": " + problem);
        this.column = column;
    }

    /** In the rule, from 1. */
    public int column() {
        return column;
    }
}
