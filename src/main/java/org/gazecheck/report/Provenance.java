package org.gazecheck.report;

import java.util.List;

/**
 * What a run came from, as the report states it.
 *
 * @param entries weights, hashes, versions, machine, seeds: in the order in which they are shown
 * @param stages the run's stages, in order
 */
public record Provenance(List<Entry> entries, List<StageTime> stages) {
    public Provenance {
        entries = List.copyOf(entries);
        stages = List.copyOf(stages);
    }

    /** One stated fact. */
    public record Entry(String label, String value) {}

    /** How long a stage took, in seconds of wall time. */
    public record StageTime(String stage, double seconds) {}
}
