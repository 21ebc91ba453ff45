package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing of a gate that fails: the rule itself, a class, a test of a drift, a finding.
 *
 * @param id by which it is acknowledged and found again in the next night
 * @param text one sentence with its figures
 * @param value the figure that fails; for a comparison the difference; NaN where there is none
 * @param low lower end of its 95 % interval; NaN where there is none
 * @param high upper end of its 95 % interval; NaN where there is none
 * @param acknowledgement null unless the state is {@link State#ACKNOWLEDGED}
 */
public record GateFailure(
        String id,
        String text,
        State state,
        double value,
        double low,
        double high,
        @Nullable Acknowledgement acknowledgement) {

    /** Whether somebody knows of it. */
    public enum State {
        NEW,
        PERSISTING,
        ACKNOWLEDGED;

        /** As it is written in files: lower case. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** As it stands in a later night that has nothing new to say of it. */
    public GateFailure persisting() {
        return new GateFailure(id, text, State.PERSISTING, value, low, high, null);
    }

    /** As it stands once somebody knows of it. */
    public GateFailure acknowledged(Acknowledgement known) {
        return new GateFailure(id, text, State.ACKNOWLEDGED, value, low, high, known);
    }
}
