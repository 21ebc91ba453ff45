package org.gazecheck.results;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code run.json}: what a run came from and how far it is.
 *
 * @param name of the configuration
 * @param facts of program, machine, data and model, for provenance, in the order in which they are shown
 * @param classes names, in the order of their labels; empty before the data is prepared
 * @param warnings about the data, one sentence each
 * @param assumptions what is used with a stated meaning
 * @param stages by name, in order; a stage that is not whole has no entry
 * @param parts of the audit, by name; a part that is not whole has no entry, and one outlives its stage's entry
 */
public record RunManifest(
        int schemaVersion,
        String name,
        Map<String, String> facts,
        List<String> classes,
        List<String> warnings,
        List<Assumption> assumptions,
        Map<String, StageState> stages,
        Map<String, PartState> parts) {
    public static final int SCHEMA_VERSION = 3;
    private static final String HASH = "sha256 ";

    /**
     * A finished stage.
     *
     * @param state always "done"
     * @param inputs hash of everything that its outputs depend on
     * @param outputs SHA-256 of each file, by its path relative to the run folder
     * @param seconds of wall time
     * @param finished when, in UTC, ISO 8601
     */
    public record StageState(
            String state, String inputs, Map<String, String> outputs, double seconds, String finished) {}

    /**
     * A finished part of a stage.
     *
     * @param inputs hash of everything that its outputs depend on
     * @param outputs SHA-256 of each file, by its path relative to the run folder
     */
    public record PartState(String inputs, Map<String, String> outputs) {}

    /** A run that has not begun. */
    public static RunManifest empty(String name) {
        return new RunManifest(SCHEMA_VERSION, name, Map.of(), List.of(), List.of(), List.of(), Map.of(), Map.of());
    }

    /** With a fact added or replaced. */
    public RunManifest with(String fact, String value) {
        Map<String, String> more = new LinkedHashMap<>(facts);
        more.put(fact, value);
        return new RunManifest(schemaVersion, name, more, classes, warnings, assumptions, stages, parts);
    }

    public RunManifest withData(List<String> newClasses, List<String> newWarnings) {
        return new RunManifest(schemaVersion, name, facts, newClasses, newWarnings, assumptions, stages, parts);
    }

    public RunManifest withAssumptions(List<Assumption> newAssumptions) {
        return new RunManifest(
                schemaVersion, name, facts, classes, warnings, List.copyOf(newAssumptions), stages, parts);
    }

    /** With the stages replaced. */
    public RunManifest withStages(Map<String, StageState> newStages) {
        return new RunManifest(schemaVersion, name, facts, classes, warnings, assumptions, newStages, parts);
    }

    /** With the parts of stages replaced. */
    public RunManifest withParts(Map<String, PartState> newParts) {
        return new RunManifest(schemaVersion, name, facts, classes, warnings, assumptions, stages, newParts);
    }

    /** SHA-256 of the network that was evaluated; empty before there is one. */
    public Optional<String> modelHash() {
        return Optional.ofNullable(facts.get("Network"))
                .or(() -> Optional.ofNullable(facts.get("Model")))
                .filter(fact -> fact.startsWith(HASH))
                .map(fact -> fact.substring(HASH.length()));
    }

    /** SHA-256 of {@code dataset.csv}; empty before the data is prepared. */
    public Optional<String> dataHash() {
        return Optional.ofNullable(outputs("prepare").get("dataset.csv"));
    }

    /** SHA-256 of each file that a stage wrote, by its path relative to the run folder; empty before it is whole. */
    public Map<String, String> outputs(String stage) {
        return Optional.ofNullable(stages.get(stage)).map(StageState::outputs).orElse(Map.of());
    }
}
