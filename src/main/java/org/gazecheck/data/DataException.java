package org.gazecheck.data;

import java.util.List;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** Data that a run cannot be made of; the message lists everything that is wrong with it. */
public final class DataException extends GazecheckException {
    private static final long serialVersionUID = 1;

    private static final int SHOWN = 100;

    private final transient List<String> problems;

    public DataException(List<String> problems) {
        super(FailureKind.INVALID_DATA, text(problems));
        this.problems = List.copyOf(problems);
    }

    public DataException(String problem) {
        this(List.of(problem));
    }

    /** All of them; the message shows the first hundred. */
    public List<String> problems() {
        return problems;
    }

    private static String text(List<String> problems) {
        String shown = String.join(System.lineSeparator(), problems.subList(0, Math.min(SHOWN, problems.size())));
        int more = problems.size() - SHOWN;
        return more > 0 ? shown + System.lineSeparator() + "... and " + more + " more" : shown;
    }
}
