package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code gates.json}: what the gates came to on one run.
 *
 * @param run its id
 * @param budget the chance of a false alarm a night that all rules together may have
 * @param chanceRules over how many rules it was divided: those that rest on chance and applied
 * @param level what each of them got, {@code budget / chanceRules}; NaN without such rules
 * @param gates in the order of the configuration
 * @param acknowledgements those that hold, whether or not they silenced something
 * @param network what the run comes to with its review and these gates; null where an earlier version audited or judged it
 */
public record GateVerdict(
        int schemaVersion,
        String run,
        Instant time,
        double budget,
        int chanceRules,
        double level,
        List<GateResult> gates,
        List<Acknowledgement> acknowledgements,
        @Nullable RunVerdict network) {
    /** Of the files that this program writes. */
    public static final int SCHEMA_VERSION = 2;

    public GateVerdict {
        gates = List.copyOf(gates);
        acknowledgements = List.copyOf(acknowledgements);
    }

    /** Whether a gate failed in a new way: an alert, exit code 3. */
    @JsonProperty("alerts")
    public boolean alerts() {
        return count(GateOutcome.FAILED) > 0;
    }

    /** With what the network comes to. */
    public GateVerdict concluding(@Nullable RunVerdict of) {
        return new GateVerdict(schemaVersion, run, time, budget, chanceRules, level, gates, acknowledgements, of);
    }

    /** The same verdict of other results. */
    public GateVerdict withGates(List<GateResult> others) {
        return new GateVerdict(schemaVersion, run, time, budget, chanceRules, level, others, acknowledgements, network);
    }

    /** As it stands in a later night in which nothing was new: what failed is no news there. */
    public GateVerdict standing() {
        return withGates(gates.stream().map(GateResult::standing).toList());
    }

    public long count(GateOutcome outcome) {
        return gates.stream().filter(gate -> gate.outcome() == outcome).count();
    }
}
