package org.gazecheck.mitigate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.results.MitigationTraining.Method;
import org.gazecheck.results.MitigationTraining.Target;
import org.gazecheck.results.Reason;
import org.gazecheck.results.RunFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {
    private static final Target OF_LILY = new Target("lily", Reason.BACKGROUND, "their background", Grade.SUSPECTED);

    @TempDir
    private Path work;

    private RunFolder run;

    @BeforeEach
    void folder() {
        run = new RunFolder(work);
    }

    @Test
    void aMendedRunIsMendedAgainOfWhatItWasMendedOfBefore() throws Exception {
        audited(shortcut("lily", null), shortcut("rose", Grade.PROVEN), shortcut("daisy", Grade.SUSPECTED));
        trained(Method.HEAD, OF_LILY);
        List<Shortcut> chosen = Targets.of(run, List.of(), false);
        assertEquals(List.of(shortcut("lily", Grade.SUSPECTED), shortcut("rose", Grade.PROVEN)), chosen);
        assertEquals(chosen, Targets.of(run, chosen.stream().map(Targets::id).toList(), false));
        assertEquals(chosen, Targets.of(run, List.of("background-shortcut:rose"), false));
        assertEquals(List.of(), Targets.forgotten(run, false));
    }

    @Test
    void whereItsAuditFoundNothingElseThereIsNothingToMend() throws Exception {
        audited(shortcut("lily", null));
        trained(Method.HEAD, OF_LILY);
        assertTrue(assertThrows(GazecheckException.class, () -> Targets.of(run, List.of(), false))
                .getMessage()
                .startsWith("nothing to mend"));
    }

    @Test
    void whatItsNextTrainingDoesNotKnowIsTold() throws Exception {
        audited(shortcut("rose", Grade.PROVEN));
        trained(Method.HEAD, OF_LILY);
        assertEquals(List.of(shortcut("rose", Grade.PROVEN)), Targets.of(run, List.of(), false));
        assertTrue(Targets.forgotten(run, false).get(0).contains("the shortcut of lily by their background"));
        audited(shortcut("lily", null), shortcut("rose", Grade.PROVEN));
        assertEquals(1, Targets.forgotten(run, true).size());
        trained(Method.GROUPS);
        assertTrue(Targets.forgotten(run, false).get(0).contains("balanced over groups"));
    }

    private void audited(Shortcut... shortcuts) throws IOException {
        InterventionsFile.write(
                run.interventions(),
                new Interventions(
                        InterventionsFile.SCHEMA_VERSION,
                        false,
                        0,
                        null,
                        List.of(),
                        null,
                        List.of(),
                        List.of(shortcuts),
                        List.of(),
                        List.of()));
    }

    private void trained(Method method, Target... targets) throws IOException {
        MitigationFile.write(
                run.mitigationTraining(),
                new MitigationTraining(
                        MitigationTraining.SCHEMA_VERSION,
                        "reports/drawn",
                        Hashes.sha256("model"),
                        method,
                        Stream.of(targets).toList(),
                        null,
                        100,
                        0,
                        2,
                        1,
                        1e-6,
                        List.of(),
                        List.of(),
                        null));
    }

    private static Shortcut shortcut(String name, @Nullable Grade grade) {
        return new Shortcut(
                name,
                Reason.BACKGROUND,
                "their background",
                grade,
                null,
                1,
                0.5,
                0.1,
                0,
                0,
                9,
                30,
                true,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }
}
