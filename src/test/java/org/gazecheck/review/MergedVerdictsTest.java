package org.gazecheck.review;

import static org.gazecheck.review.Reviews.EARLIER;
import static org.gazecheck.review.Reviews.RUN;
import static org.gazecheck.review.Reviews.TIME;
import static org.gazecheck.review.Reviews.prediction;
import static org.gazecheck.review.Reviews.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.FindingVerdict.Ruling;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.Split;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void mistakesOfSeveralFilesAreToldTogether(@TempDir Path folder) throws IOException {
        Path one = Files.writeString(folder.resolve("one.csv"), "x\n");
        Path two = Files.writeString(folder.resolve("two.sqlite"), "no database ".repeat(100));

        VerdictsException e = assertThrows(VerdictsException.class, () -> MergedVerdicts.read(List.of(one, two)));

        assertEquals(2, e.mistakes().size());
        assertTrue(e.mistakes().get(0).startsWith(one.toString()), e.getMessage());
        assertTrue(e.mistakes().get(1).startsWith(two.toString()), e.getMessage());
    }

    private static Verdict at(Instant time, Judgement judgement) {
        return verdict("Ann", prediction("a", Split.TEST, "rose", "daisy"), judgement, "", time, RUN);
    }
}
