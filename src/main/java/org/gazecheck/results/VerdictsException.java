package org.gazecheck.results;

import java.util.List;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** Verdicts that cannot be used as they are; the message lists everything that is wrong with them, a line each. */
public final class VerdictsException extends GazecheckException {
    private static final long serialVersionUID = 1;

    private static final int SHOWN = 100;

    private final transient List<String> mistakes;

    public VerdictsException(List<String> mistakes) {
        super(FailureKind.INVALID_DATA, text(mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** All of them; the message shows the first hundred. */
    public List<String> mistakes() {
        return mistakes;
    }

    private static String text(List<String> mistakes) {
        String shown = String.join(System.lineSeparator(), mistakes.subList(0, Math.min(SHOWN, mistakes.size())));
        int more = mistakes.size() - SHOWN;
        return more > 0 ? shown + System.lineSeparator() + "... and " + more + " more" : shown;
    }
}
