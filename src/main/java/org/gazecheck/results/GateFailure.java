package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
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
 * @param alerted what it was when it alerted last; null where it has no figure
 * @param nights those in which it failed since, the first of them that in which it alerted
 * @param named files that it is about and that are still there; it is open until each is dealt with
 */
public record GateFailure(
        String id,
        String text,
        State state,
        double value,
        double low,
        double high,
        @Nullable Acknowledgement acknowledgement,
        @Nullable Alerted alerted,
        List<String> nights,
        List<NamedFile> named) {
    public GateFailure {
        nights = List.copyOf(nights);
        named = List.copyOf(named);
    }

    /** Of what has no figure and names no file. */
    public GateFailure(
            String id,
            String text,
            State state,
            double value,
            double low,
            double high,
            @Nullable Acknowledgement acknowledgement) {
        this(id, text, state, value, low, high, acknowledgement, null, List.of(), List.of());
    }

    /**
     * By which a later night tells whether it is still the same.
     *
     * @param figure that failed; for a comparison the difference
     * @param amount of a test by ranks, what tonight's images have of the quantity itself; null elsewhere
     */
    public record Alerted(Figure figure, @Nullable Figure amount) {}

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

    /** As it stands in a later night that has nothing new to say of it. @param open those of its files that are still there */
    public GateFailure open(State newState, List<NamedFile> open) {
        return new GateFailure(id, text, newState, value, low, high, null, alerted, nights, open);
    }

    /** As it stands once somebody knows of it. */
    public GateFailure acknowledged(Acknowledgement known) {
        return new GateFailure(id, text, State.ACKNOWLEDGED, value, low, high, known, alerted, nights, named);
    }
}
