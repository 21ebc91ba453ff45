package org.gazecheck.review;

import static org.gazecheck.review.Reviews.TIME;
import static org.gazecheck.review.Reviews.adjudication;
import static org.gazecheck.review.Reviews.merged;
import static org.gazecheck.review.Reviews.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.results.Verdict;
import org.junit.jupiter.api.Test;

class AdjudicationTest {
    private static final Instant LATER = TIME.plusSeconds(60);
    private final Verdict ann = verdict("Ann", "a", Judgement.LABEL_WRONG, "daisy");
    private final Verdict ben = verdict("Ben", "a", Judgement.FAIR_MISTAKE);
    private final Verdict cem = adjudication("Cem", "a", Judgement.FAIR_MISTAKE, LATER);

    @Test
    void itEndsAConflictWhoeverGivesIt() {
        assertTrue(Conflict.between(List.of(ann, ben)));
        assertFalse(Conflict.between(List.of(ann, ben, cem)));
        assertFalse(Conflict.between(List.of(ann, adjudication("Ben", "a", Judgement.AMBIGUOUS, LATER))));
    }

    @Test
    void whoSpeaksLaterContradictsItAnewUnlessThatIsAdjudicatedToo() {
        Verdict later = Reviews.verdict(
                "Dan",
                Reviews.prediction("a", Split.TEST, "rose", "daisy"),
                Judgement.AMBIGUOUS,
                "",
                LATER.plusSeconds(1),
                ann.run());
        assertTrue(Conflict.between(List.of(ann, ben, cem, later)));
        assertFalse(Conflict.between(
                List.of(ann, ben, cem, later, adjudication("Eve", "a", Judgement.CORRECT, LATER.plusSeconds(2)))));
    }

    @Test
    void itDecidesWhatTheLabelIsAndWhatTheSummarySays() {
        Prediction p = Reviews.prediction("a", Split.TEST, "rose", "daisy");
        List<DatasetRow> rows = List.of(new DatasetRow(p.path(), p.split(), p.label(), 1, 1, p.sha256(), ""));
        assertEquals(
                1,
                LabelCorrections.of(rows, merged(ann, ben), Optional.empty())
                        .conflicts()
                        .size());
        LabelCorrections decided = LabelCorrections.of(rows, merged(ann, ben, cem), Optional.empty());
        assertEquals(List.of(), decided.conflicts());
        assertEquals(Map.of(), decided.corrected());
        ReviewSummary summary = ReviewSummary.of(merged(ann, ben, cem), List.of(p), ann.run());
        assertEquals(Map.of(Judgement.FAIR_MISTAKE, 1), summary.errors().verdicts());
    }

    @Test
    void itIsNoAgreement() {
        assertEquals(0, Agreement.of(merged(ann, cem)).size());
        assertEquals(
                List.of("Ann", "Ben"),
                Agreement.of(merged(ann, ben, cem)).get(0).reviewers());
    }
}
