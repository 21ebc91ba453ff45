package org.gazecheck.gate;

import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** A rule that cannot be understood; the message says where in it, what was expected, and what was probably meant. */
public final class RuleException extends GazecheckException {
    private static final long serialVersionUID = 1;

    private final int column;

    RuleException(int column, String problem) {
        super(FailureKind.USAGE, "column " + column + ": " + problem);
        this.column = column;
    }

    /** In the rule, from 1. */
    public int column() {
        return column;
    }
}
