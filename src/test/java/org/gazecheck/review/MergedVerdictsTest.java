package org.gazecheck.review;

import static org.gazecheck.review.Reviews.EARLIER;
import static org.gazecheck.review.Reviews.RUN;
import static org.gazecheck.review.Reviews.TIME;
import static org.gazecheck.review.Reviews.prediction;
import static org.gazecheck.review.Reviews.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.FindingVerdict.Ruling;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.Split;
import org.gazecheck.results.Verdict;
import org.junit.jupiter.api.Test;

class MergedVerdictsTest {
    @Test
    void theLatestOfAReviewerOnAnImageCountsWhereverItStands() {
        Verdict late = at(TIME.plusSeconds(1), Judgement.AMBIGUOUS);
        Verdict early = at(TIME, Judgement.BACKGROUND);
        Verdict others = verdict("Ben", "a", Judgement.OTHER);

        MergedVerdicts merged = MergedVerdicts.of(List.of(List.of(late, others), List.of(early)));

        assertEquals(List.of(late, others), merged.verdicts());
        assertEquals(List.of(), merged.ties());
        assertEquals(List.of("Ann", "Ben"), merged.reviewers());
    }

    @Test
    void atTheSameTimeTheLaterFileCountsAndThatIsSaid() {
        Verdict first = at(TIME, Judgement.AMBIGUOUS);
        Verdict second = at(TIME, Judgement.BACKGROUND);

        MergedVerdicts merged = MergedVerdicts.of(List.of(List.of(first), List.of(second)));

        assertEquals(List.of(second), merged.verdicts());
        assertEquals(List.of(new MergedVerdicts.Tie(second, first)), merged.ties());
    }

    @Test
    void aTieThatALaterVerdictOverrulesIsNone() {
        Verdict last = at(TIME.plusSeconds(9), Judgement.OTHER);

        MergedVerdicts merged = MergedVerdicts.of(
                List.of(List.of(at(TIME, Judgement.AMBIGUOUS), at(TIME, Judgement.BACKGROUND)), List.of(last)));

        assertEquals(new MergedVerdicts(List.of(last), List.of()), merged);
    }

    @Test
    void mergingTwiceOrTheSameFileTwiceChangesNothing() {
        List<Verdict> file = List.of(at(TIME, Judgement.AMBIGUOUS), verdict("Ben", "b", Judgement.CORRECT));
        MergedVerdicts merged = MergedVerdicts.of(List.of(file, file));

        assertEquals(new MergedVerdicts(file, List.of()), merged);
        assertEquals(merged, MergedVerdicts.of(List.of(merged.verdicts())));
    }

    @Test
    void anImageIsTheSameInEveryRunAFindingIsNot() {
        var p = prediction("a", Split.TEST, "rose", "daisy");
        Verdict before = verdict("Ann", p, Judgement.AMBIGUOUS, "", TIME, EARLIER);
        Verdict after = verdict("Ann", p, Judgement.POOR_IMAGE, "", TIME.plusSeconds(1), RUN);
        Verdict findingBefore = new FindingVerdict("k:x", Ruling.CONFIRMED, "", "Ann", TIME, EARLIER);
        Verdict findingAfter = new FindingVerdict("k:x", Ruling.REJECTED, "", "Ann", TIME.plusSeconds(1), RUN);

        MergedVerdicts merged =
                MergedVerdicts.of(List.of(List.of(before, findingBefore), List.of(after, findingAfter)));

        assertEquals(List.of(after, findingAfter, findingBefore), merged.verdicts());
    }

    private static Verdict at(Instant time, Judgement judgement) {
        return verdict("Ann", prediction("a", Split.TEST, "rose", "daisy"), judgement, "", time, RUN);
    }
}
