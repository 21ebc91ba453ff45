package org.gazecheck.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.MitigationTraining.Balance;
import org.gazecheck.results.MitigationTraining.BalancedCell;
import org.gazecheck.results.MitigationTraining.Cell;
import org.gazecheck.results.MitigationTraining.Choice;
import org.gazecheck.results.MitigationTraining.Method;
import org.gazecheck.results.MitigationTraining.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class MitigationFileTest {
    private static final Figure FIGURE = new Figure(0.5, 0.4, 0.6, 100);

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadAndAsTheSchemaSays() throws Exception {
        Path file = folder.resolve("mitigation.json");
        MitigationFile.write(file, mitigation());
        assertEquals(mitigation(), MitigationFile.read(file));
        assertEquals(List.of(), violations(file));
        MitigationFile.write(file, training());
        assertEquals(training(), MitigationFile.readTraining(file));
    }

    @Test
    void groupsAreWrittenAndReadInPlaceOfShortcuts() throws Exception {
        Path file = folder.resolve("mitigation.json");
        Mitigation.Change cell = new Mitigation.Change("rose in water", FIGURE, FIGURE, FIGURE, 1, 2, 0.5);
        Mitigation other = mitigation();
        Mitigation mitigation = new Mitigation(
                1,
                new MitigationTraining(
                        1,
                        "reports/drawn",
                        Hashes.sha256("model"),
                        Method.GROUPS,
                        List.of(),
                        new Balance(
                                "groups.csv",
                                Hashes.sha256("groups"),
                                List.of(new BalancedCell("rose", "water", 9, 3)),
                                9,
                                10,
                                1,
                                2,
                                List.of("Few.")),
                        100,
                        0,
                        0,
                        0,
                        1e-6,
                        List.of(new Choice(0, 0, 1e-6, 0.7, 0.9, 0.3)),
                        List.of(new Cell("rose", "water", 10, 0.1, 0.7)),
                        null),
                Split.TEST,
                other.accuracy(),
                other.classes(),
                other.worstBefore(),
                other.worstAfter(),
                other.calibration(),
                List.of(),
                new Mitigation.GroupsChange(List.of(cell), cell, cell, 4),
                List.of(),
                true,
                List.of("The worst group rose."));
        MitigationFile.write(file, mitigation);
        assertEquals(mitigation, MitigationFile.read(file));
        assertEquals(List.of(), violations(file));
    }

    /** What a file says that the schema does not allow. */
    public static List<String> violations(Path file) throws IOException {
        try (InputStream text = MitigationFile.class.getResourceAsStream("mitigation.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text)
                    .validate(new ObjectMapper().readTree(file.toFile()))
                    .stream()
                    .map(Error::toString)
                    .toList();
        }
    }

    private static MitigationTraining training() {
        return new MitigationTraining(
                1,
                "reports/drawn",
                Hashes.sha256("model"),
                Method.HEAD,
                List.of(new Target("rose", Reason.BACKGROUND, "their background", Grade.PROVEN)),
                null,
                100,
                3,
                2,
                0.5,
                1e-6,
                List.of(new Choice(2, 0.5, 1e-6, 0.7, 0.9, 0.3)),
                List.of(new Cell("rose", "put on", 10, 0.1, 0.7)),
                new Calibration(0.4, FIGURE, null, Calibration.BY_CLASS_AND_STATE));
    }

    private static Mitigation mitigation() {
        PairedEffect effect = new PairedEffect(0.5, 0, FIGURE, 0.01, 0.01, 100, 1, 20, 20, false);
        Mitigation.Change change = new Mitigation.Change("rose", FIGURE, FIGURE, FIGURE, 1, 2, 0.5);
        return new Mitigation(
                1,
                training(),
                Split.TEST,
                List.of(change),
                List.of(change),
                new Mitigation.Extreme("rose", FIGURE),
                new Mitigation.Extreme("lily", FIGURE),
                new Mitigation.CalibrationChange(FIGURE, FIGURE, FIGURE, 0.2),
                List.of(new Mitigation.ShortcutChange(
                        "rose",
                        Reason.BACKGROUND,
                        "their background",
                        new Mitigation.ChangedEffect(effect, effect, FIGURE, 0.3),
                        null)),
                null,
                List.of(new Mitigation.FindingChange(
                        "patch-shortcut:lily", null, Severity.HIGH, "It looks elsewhere.")),
                false,
                List.of("It still has an effect."));
    }
}
