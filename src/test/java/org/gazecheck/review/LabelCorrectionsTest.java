package org.gazecheck.review;

import static org.gazecheck.review.Reviews.merged;
import static org.gazecheck.review.Reviews.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.LabelsFile;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;

class LabelCorrectionsTest {
    private static final DatasetRow A = row("a", "a", "rose");
    private static final DatasetRow B = row("b", "b", "rose");
    private static final DatasetRow COPY = row("copy of a", "a", "daisy");

    @Test
    void aCorrectionGoesToEveryCopyOfTheImage() {
        LabelCorrections corrections = of(
                List.of(A, B, COPY),
                merged(verdict("Ann", "a", Judgement.LABEL_WRONG, "tulip"), verdict("Ann", "b", Judgement.AMBIGUOUS)));

        assertEquals(Map.of("a", "tulip", "copy of a", "tulip"), corrections.corrected());
        assertEquals(
                List.of(
                        new LabelsFile.Line("a", "tulip", Split.TEST),
                        new LabelsFile.Line("b", "rose", Split.TEST),
                        new LabelsFile.Line("copy of a", "tulip", Split.TEST)),
                corrections.table(true));
    }

    @Test
    void aCopyThatHasTheRightLabelAlreadyIsNotCorrected() {
        LabelCorrections corrections =
                of(List.of(A, COPY), merged(verdict("Ann", "a", Judgement.LABEL_WRONG, "daisy")));

        assertEquals(Map.of("a", "daisy"), corrections.corrected());
    }

    @Test
    void aWrongLabelWithoutARightOneIsToldAndCanBeLeftOut() {
        LabelCorrections corrections = of(List.of(A, B, COPY), merged(verdict("Ann", "a", Judgement.LABEL_WRONG)));

        assertEquals(List.of(A), corrections.unknown());
        assertEquals(3, corrections.table(false).size());
        assertEquals(
                List.of("b", "copy of a"),
                corrections.table(true).stream().map(LabelsFile.Line::file).toList());
    }

    @Test
    void whoKnowsTheRightLabelHelpsWhoDoesNot() {
        LabelCorrections corrections = of(
                List.of(A),
                merged(
                        verdict("Ann", "a", Judgement.LABEL_WRONG),
                        verdict("Ben", "a", Judgement.LABEL_WRONG, "tulip")));

        assertEquals(Map.of("a", "tulip"), corrections.corrected());
        assertEquals(List.of(), corrections.unknown());
    }

    @Test
    void contradictionsAreConflictsUnlessOneDecides() {
        MergedVerdicts merged = merged(
                verdict("Ann", "a", Judgement.LABEL_WRONG, "tulip"),
                verdict("Ben", "a", Judgement.LABEL_WRONG, "daisy"),
                verdict("Ann", "b", Judgement.LABEL_WRONG),
                verdict("Ben", "b", Judgement.FAIR_MISTAKE));
        List<DatasetRow> rows = List.of(A, B);

        assertEquals(
                List.of("a: Ann label-wrong (tulip), Ben label-wrong (daisy)", "b: Ann label-wrong, Ben fair-mistake"),
                of(rows, merged).conflicts().stream().map(Conflict::text).toList());
        LabelCorrections byAnn = LabelCorrections.of(rows, merged, Optional.of("Ann"));
        assertEquals(Map.of("a", "tulip"), byAnn.corrected());
        assertEquals(List.of(B), byAnn.unknown());
        LabelCorrections byBen = LabelCorrections.of(rows, merged, Optional.of("Ben"));
        assertEquals(new LabelCorrections(rows, Map.of("a", "daisy"), List.of(), List.of(), 0), byBen);
        assertEquals(
                2,
                LabelCorrections.of(rows, merged, Optional.of("Cem"))
                        .conflicts()
                        .size());
    }

    @Test
    void whoCannotTellContradictsNobody() {
        LabelCorrections corrections = of(
                List.of(A),
                merged(
                        verdict("Ann", "a", Judgement.LABEL_WRONG, "tulip"),
                        verdict("Ben", "a", Judgement.AMBIGUOUS),
                        verdict("Cem", "a", Judgement.OTHER)));

        assertEquals(Map.of("a", "tulip"), corrections.corrected());
    }

    @Test
    void whatWasSaidOfAnEarlierLabelIsNotSaidOfTheCorrectedOne() {
        DatasetRow correctedBefore = row("a", "a", "tulip");
        LabelCorrections corrections = of(
                List.of(correctedBefore, B),
                merged(
                        verdict("Ann", "a", Judgement.LABEL_WRONG, "tulip"),
                        verdict("Ben", "a", Judgement.FAIR_MISTAKE),
                        verdict("Cem", "a", Judgement.LABEL_WRONG)));

        assertEquals(new LabelCorrections(List.of(correctedBefore, B), Map.of(), List.of(), List.of(), 0), corrections);
    }

    private static LabelCorrections of(List<DatasetRow> rows, MergedVerdicts merged) {
        return LabelCorrections.of(rows, merged, Optional.empty());
    }

    private static DatasetRow row(String path, String bytes, String label) {
        return new DatasetRow(path, Split.TEST, label, 1, 1, Hashes.sha256(bytes), "");
    }
}
