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
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Split;
import org.gazecheck.results.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoriesTest {
    private final List<Prediction> predictions = new ArrayList<>();
    private final List<DataQualityRow> dataQuality = new ArrayList<>();
    private final List<HeatmapClusterMember> clusters = new ArrayList<>();
    private @Nullable Interventions interventions;

    private static Statement said(double effect, List<String> evidence) {
        return new Statement(
                Finding.Severity.LOW,
                "In train.",
                effect,
                0.4,
                0.6,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                9,
                evidence,
                "Correct the labels.");
    }

    private static Finding found(FindingKind kind, String subject, String... evidence) {
        return new Finding(kind, subject, said(0.5, List.of(evidence)));
    }

    private static Finding proven(Reason reason, String subject) {
        return new Finding(reason.kind(), subject, said(0.4, List.of()), Finding.Grade.PROVEN, reason.id(), null);
    }

    private static Finding suspected(Reason reason, String subject) {
        return new Finding(reason.kind(), subject, said(0.5, List.of()), Finding.Grade.SUSPECTED, reason.id(), null);
    }

    private String predicted(Split split, String label, String predicted) {
        String path = label + predictions.size() + ".jpg";
        int rank = label.equals(predicted) ? 1 : 2;
        predictions.add(new Prediction(path, "sha", split, label, predicted, 0.1f, 0.9f, rank, List.of()));
        return path;
    }

    private void contradicted(Split split, String label, String confident) {
        String path = predicted(split, label, confident);
        dataQuality.add(new DataQualityRow(path, "sha", split, confident, -0.8, 0, 0, List.of()));
    }

    private void contradicted(String label, String confident) {
        contradicted(Split.TEST, label, confident);
    }

    private List<Finding> told(Finding... findings) {
        return Stories.tell(
                        new Findings(List.of(findings), List.of()),
                        new AuditedRun(predictions, dataQuality, clusters, interventions))
                .findings();
    }

    private static void assertAlone(Finding finding, String why) {
        boolean errors = finding.is(FindingKind.LOCALISATION_OF_ERRORS);
        assertEquals(errors ? "localisation-of-errors" : finding.id(), finding.story(), why);
    }

    @Test
    void everyFindingHasAStoryWhoseIdHoldsNoNumbers() {
        List<Finding> told = told(
                found(FindingKind.LOCALISATION_OF_ERRORS, "mass_lift"),
                found(FindingKind.LOCALISATION_OF_ERRORS, "entropy"),
                found(FindingKind.DUPLICATES, "train and test"));
        assertEquals(
                List.of("localisation-of-errors", "localisation-of-errors", "duplicates:train and test"),
                told.stream().map(Finding::story).toList(),
                "the same errors by other measures are one effect");
    }

    @Test
    void aTieThatIsProvenSaysSo() {
        List<Finding> told = told(
                proven(Reason.BACKGROUND, "mallow"),
                found(FindingKind.SCENE_CORRELATION, "mallow"),
                found(FindingKind.SCENE_CORRELATION, "rose"));
        assertEquals("background-shortcut:mallow", told.get(0).story());
        assertEquals("background-shortcut:mallow", told.get(1).story());
        assertEquals(
                "In train. It follows from the proven background shortcut of mallow: swapping backgrounds proved that the"
                        + " network uses this.",
                told.get(1).text());
        assertEquals(0.5, told.get(1).effect());
        assertEquals("scene-correlation:rose", told.get(2).story(), "its own");
        assertEquals("In train.", told.get(2).text(), "rose is correlated, and nothing was proven of it");
    }

    @Test
    void whatIsOnlySuspectedIsToldInWeakerWords() {
        List<Finding> told = told(
                suspected(Reason.BACKGROUND, "mallow"),
                found(FindingKind.SCENE_CORRELATION, "mallow"),
                found(FindingKind.LOCALISATION_OF_CLASS, "mallow"));
        assertEquals("background-shortcut:mallow", told.get(1).story());
        assertTrue(told.get(1).text().contains("It may follow from the suspected background shortcut of mallow"));
        assertEquals(
                "In train. It may follow from the suspected background shortcut of mallow: images may be called it because of"
                        + " its background.",
                told.get(2).text());
        assertTrue(told.get(2).advice().endsWith("Correct the labels."), "its own advice stays");
    }

    @Test
    void aCorrelationWithScenesDoesNotFollowFromBlur() {
        assertEquals(
                "scene-correlation:mallow",
                told(proven(Reason.BLUR, "mallow"), found(FindingKind.SCENE_CORRELATION, "mallow"))
                        .get(1)
                        .story());
    }

    @Test
    void aClassWhoseErrorsAreCalledTheTiedOneLooksElsewhereBecauseOfIt() {
        for (int i = 0; i < 4; i++) {
            predicted(Split.TEST, "rose", "mallow");
            predicted(Split.TEST, "daisy", "rose");
            predicted(Split.VAL, "daisy", "mallow");
        }
        predicted(Split.TEST, "rose", "daisy");
        List<Finding> told = told(
                proven(Reason.PATCH, "mallow"),
                found(FindingKind.LOCALISATION_OF_CLASS, "rose"),
                found(FindingKind.LOCALISATION_OF_CLASS_ERRORS, "rose"),
                found(FindingKind.LOCALISATION_OF_CLASS_ERRORS, "mallow"),
                found(FindingKind.LOCALISATION_OF_CLASS_ERRORS, "daisy"));
        assertEquals(
                "In train. It follows from the proven patch shortcut of mallow: 4 of the 5 errors on rose are called mallow.",
                told.get(1).text());
        assertEquals("patch-shortcut:mallow", told.get(2).story());
        assertEquals("patch-shortcut:mallow", told.get(3).story());
        assertAlone(told.get(4), "on test its errors are called rose");
    }

    @Test
    void whereErrorsLookFollowsFromTheShortcutsThatTheyShowAndTheirPropertyFromThatOfTheSameProperty() {
        String[] errors = {
            predicted(Split.TEST, "rose", "mallow"),
            predicted(Split.TEST, "daisy", "mallow"),
            predicted(Split.TEST, "daisy", "tulip"),
            predicted(Split.TEST, "rose", "daisy")
        };
        List<Finding> told = told(
                proven(Reason.BLUR, "mallow"),
                proven(Reason.PATCH, "tulip"),
                found(FindingKind.LOCALISATION_OF_ERRORS, "mass_lift", errors),
                found(FindingKind.PROPERTY_OF_ERRORS, "sharpness", errors[0], errors[1], errors[3]),
                found(FindingKind.PROPERTY_OF_ERRORS, "brightness", errors));
        assertEquals("blur-shortcut:mallow", told.get(2).story(), "most are called mallow");
        assertTrue(told.get(2).text().endsWith("3 of the 4 errors that show it most are called mallow or tulip."));
        assertTrue(
                told.get(2)
                        .text()
                        .contains(
                                "It follows from the proven blur shortcut of mallow and the proven patch shortcut of tulip:"),
                "both have a part in it");
        assertEquals(
                "Follow the advice of the blur shortcut of mallow and the patch shortcut of tulip: this is where it comes"
                        + " from.",
                told.get(2).advice());
        assertEquals("blur-shortcut:mallow", told.get(3).story());
        assertAlone(told.get(4), "");
    }

    @Test
    void errorsOnTheTiedClassItselfFollowFromItsProvenShortcut() {
        String[] errors = {
            predicted(Split.TEST, "mallow", "rose"),
            predicted(Split.TEST, "mallow", "daisy"),
            predicted(Split.TEST, "daisy", "mallow"),
        };
        Finding looks = found(FindingKind.LOCALISATION_OF_ERRORS, "mass_lift", errors);
        assertTrue(told(proven(Reason.PATCH, "mallow"), looks)
                .get(1)
                .text()
                .endsWith(": all 3 errors that show it most are called mallow, or should be."));
        assertAlone(told(suspected(Reason.PATCH, "mallow"), looks).get(1), "");
    }

    @Test
    void aClusterFollowsWhereItsImagesAreCalledTheClassOrCarryWhatMakesThem() {
        List<String> carriers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String called = predicted(Split.TEST, "rose", i < 15 ? "mallow" : "rose");
            String carrier = predicted(Split.TEST, "daisy", "daisy");
            String other = predicted(Split.TEST, "daisy", "daisy");
            clusters.add(new HeatmapClusterMember(called, "sha", Split.TEST, "1: upper left"));
            clusters.add(new HeatmapClusterMember(carrier, "sha", Split.TEST, "2: lower left"));
            clusters.add(new HeatmapClusterMember(other, "sha", Split.TEST, "3: centre"));
            if (i < 5) {
                carriers.add(carrier);
            }
        }
        Finding shortcut = new Finding(
                FindingKind.PATCH_SHORTCUT, "mallow", said(0.5, carriers), Finding.Grade.PROVEN, "patch", null);
        List<Finding> told = told(
                shortcut,
                found(FindingKind.HEATMAP_CLUSTER, "1: upper left"),
                found(FindingKind.HEATMAP_CLUSTER, "2: lower left"),
                found(FindingKind.HEATMAP_CLUSTER, "3: centre"));
        assertTrue(told.get(1).text().endsWith("15 of the 20 images of the group are called mallow."));
        assertTrue(told.get(2).text().endsWith("5 of 5 images that show it best are decided there."));
        assertAlone(told.get(3), "");
    }

    @Test
    void labelsThatAShortcutContradictsAreNotToBeCorrected() {
        contradicted("rose", "mallow");
        contradicted("rose", "mallow");
        contradicted("rose", "daisy");
        contradicted("mallow", "daisy");
        contradicted("daisy", "rose");
        List<Finding> told = told(
                proven(Reason.BACKGROUND, "mallow"),
                found(FindingKind.LABEL_ISSUES, "rose"),
                found(FindingKind.LABEL_ISSUES, "mallow"),
                found(FindingKind.LABEL_ISSUES, "daisy"));
        assertEquals(
                "Do not relabel yet: for 2 of these 3 the shortcut of mallow is the likelier reason, and their"
                        + " labels are probably right. Remove the shortcut first, then look again.",
                told.get(1).advice());
        assertEquals("background-shortcut:mallow", told.get(1).story());
        assertTrue(told.get(2).advice().startsWith("Do not relabel yet: for all 1 of them"), "its own are lost by it");
        assertEquals("Correct the labels.", told.get(3).advice());
        assertEquals(
                "Correct the labels.",
                told(found(FindingKind.LABEL_ISSUES, "rose")).get(0).advice(),
                "five in all, and no class has half of them");
        assertTrue(told(suspected(Reason.BLUR, "mallow"), found(FindingKind.LABEL_ISSUES, "rose"))
                .get(1)
                .advice()
                .startsWith("Do not relabel yet: for 2 of these 3 the suspected shortcut of mallow may be"));
    }

    @Test
    void labelsAreNotToBeCorrectedWhereTheNetworkSaysTheSameClassOfMostOfThem() {
        for (String label : List.of("rose", "daisy", "lily", "iris", "tulip")) {
            contradicted(label, "mallow");
            contradicted(label, label.equals("rose") ? "daisy" : "mallow");
        }
        assertEquals(
                "Do not relabel yet: of all 10 labels that the network contradicts it calls 9 mallow. That is rather"
                        + " something that draws it there than wrong labels: look first what these images share.",
                told(found(FindingKind.LABEL_ISSUES, "lily")).get(0).advice());
        assertAlone(told(found(FindingKind.LABEL_ISSUES, "lily")).get(0), "nothing was proven");
    }

    @Test
    void wrongLabelsOfADeliveryAreForWhoeverDeliveredIt() {
        for (String label : List.of("rose", "daisy", "lily", "iris", "tulip", "poppy")) {
            contradicted(Split.NEW, label, "mallow");
        }
        assertEquals(
                "Correct the labels.",
                told(found(FindingKind.LABEL_ISSUES, "lily")).get(0).advice());
    }

    @Test
    void labelsAreNotToBeCorrectedWhereValAndTestDifferMuch() {
        for (int i = 0; i < 100; i++) {
            predicted(Split.VAL, "rose", i < 2 ? "daisy" : "rose");
            predicted(
                    Split.TEST,
                    "rose",
                    i < 40 ? List.of("daisy", "lily", "iris", "tulip").get(i % 4) : "rose");
        }
        contradicted("rose", "daisy");
        assertEquals(
                "Do not relabel yet: the network is right on 98.0 % of val and 59.4 % of test. What makes them differ this"
                        + " much may mislead it about right labels: find that first.",
                told(found(FindingKind.LABEL_ISSUES, "rose")).get(0).advice());
    }
}
