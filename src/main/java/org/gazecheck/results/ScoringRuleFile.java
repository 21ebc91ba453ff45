package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;

/** Reads and writes {@code scoring.json}. */
public final class ScoringRuleFile {
    private ScoringRuleFile() {}

    public static void write(Path file, ScoringRule rule) throws IOException {
        Json.write(file, rule);
    }

    /** @throws ResultsException if the file is damaged or of a newer program */
    public static ScoringRule read(Path file) throws IOException {
        ScoringRule rule = Json.value(file, Json.read(file), ScoringRule.class);
        if (rule.schemaVersion() > ScoringRule.SCHEMA_VERSION) {
            throw new ResultsException(file, "written by a newer Gazecheck: schema version " + rule.schemaVersion());
        }
        if (rule.classes() == null || rule.model() == null || rule.layer() == null || !(rule.temperature() > 0)) {
            throw new ResultsException(file, "it says no classes, model, layer or temperature above 0");
        }
        return rule;
    }
}
