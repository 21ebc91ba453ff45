package org.gazecheck.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.results.Statement;
import org.junit.jupiter.api.Test;

class ProvenShortcutsTest {
    private static final Statement SAID = new Statement(
            Finding.Severity.LOW,
            "In train.",
            0.5,
            0.4,
            0.6,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            9,
            List.of(),
            "Correct the labels.");

    private final List<Prediction> predictions = new ArrayList<>();
    private final List<DataQualityRow> dataQuality = new ArrayList<>();

    private void contradicted(String label, String confident) {
        String path = label + predictions.size() + ".jpg";
        predictions.add(new Prediction(path, "sha", Split.TEST, label, confident, 0.1f, 0.9f, 2, List.of()));
        dataQuality.add(new DataQualityRow(path, "sha", Split.TEST, confident, -0.8, 0, 0, List.of()));
    }

    private List<Finding> explained(Finding... findings) {
        return ProvenShortcuts.explain(new Findings(List.of(findings), List.of()), dataQuality, predictions)
                .findings();
    }

    @Test
    void aTieThatIsProvenSaysSo() {
        Finding shortcut =
                new Finding(FindingKind.BACKGROUND_SHORTCUT, "mallow", SAID, Finding.Grade.PROVEN, "background", null);
        List<Finding> said = explained(
                shortcut,
                new Finding(FindingKind.SCENE_CORRELATION, "mallow", SAID),
                new Finding(FindingKind.SCENE_CORRELATION, "rose", SAID));
        assertTrue(
                said.get(1).text().startsWith("In train. Swapping backgrounds proved"),
                said.get(1).text());
        assertEquals(0.5, said.get(1).effect());
        assertEquals(SAID, said.get(2).statement(), "rose is correlated, and nothing was proven of it");
    }

    @Test
    void whatIsOnlySuspectedExplainsNothing() {
        Finding suspected = new Finding(
                FindingKind.BACKGROUND_SHORTCUT, "mallow", SAID, Finding.Grade.SUSPECTED, "background", null);
        List<Finding> said = explained(suspected, new Finding(FindingKind.SCENE_CORRELATION, "mallow", SAID));
        assertEquals(SAID, said.get(1).statement());
    }

    @Test
    void labelsThatAShortcutContradictsAreNotToBeCorrected() {
        contradicted("rose", "mallow");
        contradicted("rose", "mallow");
        contradicted("rose", "daisy");
        contradicted("mallow", "daisy");
        contradicted("daisy", "rose");
        Finding shortcut =
                new Finding(FindingKind.BACKGROUND_SHORTCUT, "mallow", SAID, Finding.Grade.PROVEN, "background", null);
        List<Finding> said = explained(
                shortcut,
                new Finding(FindingKind.LABEL_ISSUES, "rose", SAID),
                new Finding(FindingKind.LABEL_ISSUES, "mallow", SAID),
                new Finding(FindingKind.LABEL_ISSUES, "daisy", SAID));
        assertEquals(
                "Do not relabel yet: for 2 of these 3 the shortcut of mallow is the likelier reason, and their"
                        + " labels are probably right. Remove the shortcut first, then look again.",
                said.get(1).advice());
        assertTrue(said.get(2).advice().startsWith("Do not relabel yet: for all 1 of them"), "its own are lost by it");
        assertEquals("Correct the labels.", said.get(3).advice());
        assertEquals(
                "Correct the labels.",
                explained(new Finding(FindingKind.LABEL_ISSUES, "rose", SAID))
                        .get(0)
                        .advice());
    }
}
