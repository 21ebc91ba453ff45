package org.gazecheck.review;

import static org.gazecheck.review.Reviews.EARLIER;
import static org.gazecheck.review.Reviews.RUN;
import static org.gazecheck.review.Reviews.TIME;
import static org.gazecheck.review.Reviews.merged;
import static org.gazecheck.review.Reviews.prediction;
import static org.gazecheck.review.Reviews.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.gazecheck.config.ReviewSettings;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.FindingVerdict.Ruling;
import org.gazecheck.results.Findings;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.results.Statement;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class ReviewSummaryTest {
    private static final Prediction RIGHT = prediction("right", Split.VAL, "tulip", "tulip");

    @Test
    void errorsAreCountedByWhatIsTheMatter() {
        List<Prediction> predictions = errors(8);
        predictions.add(RIGHT);
        MergedVerdicts merged = merged(
                verdict("Ann", "0", Judgement.LABEL_WRONG, "tulip"),
                verdict("Ann", "1", Judgement.LABEL_WRONG),
                verdict("Ann", "2", Judgement.FAIR_MISTAKE),
                verdict("Ben", "2", Judgement.BACKGROUND),
                verdict("Ann", "3", Judgement.AMBIGUOUS),
                verdict("Ben", "3", Judgement.AMBIGUOUS),
                verdict("Cem", "3", Judgement.OTHER),
                verdict("Ann", predictions.get(4), Judgement.POOR_IMAGE, "", TIME, EARLIER),
                verdict("Ann", RIGHT, Judgement.CORRECT, "", TIME, RUN));

        ReviewSummary summary = ReviewSummary.of(merged, predictions, RUN);

        assertEquals(
                new ReviewSummary.Part(
                        8, Map.of(Judgement.LABEL_WRONG, 2, Judgement.AMBIGUOUS, 1, Judgement.POOR_IMAGE, 1), 1, 3),
                summary.errors());
        assertEquals(
                "Of 8 errors 2 are wrong labels, 1 is ambiguous, 1 is a poor image, 1 is disputed, 3 are not judged yet."
                        + " Of 1 correct prediction 1 is judged, without objection. 1 verdict is inherited from another"
                        + " run.",
                summary.text());
    }

    @Test
    void verdictsThatNoLongerHoldAndThoseOnOtherDataAreCountedApart() {
        Prediction before = prediction("0", Split.TEST, "rose", "tulip");
        MergedVerdicts merged = merged(
                verdict("Ann", before, Judgement.FAIR_MISTAKE, "", TIME, EARLIER),
                verdict("Ann", "elsewhere", Judgement.FAIR_MISTAKE));

        ReviewSummary summary = ReviewSummary.of(merged, errors(1), RUN);

        assertEquals(0, summary.inherited());
        assertEquals(1, summary.outdated());
        assertEquals(1, summary.elsewhere());
        assertEquals(
                "Of 1 error none is judged yet. 1 verdict no longer holds, because label or prediction changed."
                        + " 1 verdict counts for nothing here: it is on an image that this run did not predict.",
                summary.text());
    }

    @Test
    void aRunWithoutErrorsAndVerdictsHasASentenceToo() {
        assertEquals(
                "There are no errors.",
                ReviewSummary.of(MergedVerdicts.NONE, List.of(RIGHT), RUN).text());
    }

    @Test
    void theSampleStaysWhateverElseThereIs_andTestComesFirst() {
        List<Prediction> predictions = errors(40);
        predictions.add(prediction("val", Split.VAL, "rose", "daisy"));
        predictions.add(RIGHT);
        ReviewSettings ten = new ReviewSettings(10, 5);
        ReviewSample sample = ReviewSample.of(predictions, ten, new Randomness(3));
        List<Prediction> fewer = new ArrayList<>(predictions);
        fewer.removeIf(p -> !sample.errors().contains(p) && p.path().endsWith("7"));

        assertEquals(10, sample.errors().size());
        assertEquals(List.of(RIGHT), sample.correct());
        assertTrue(sample.errors().stream().allMatch(p -> p.split() == Split.TEST));
        assertEquals(
                sample.errors(), ReviewSample.of(fewer, ten, new Randomness(3)).errors());
        assertTrue(!sample.errors()
                .equals(ReviewSample.of(predictions, ten, new Randomness(4)).errors()));
        assertEquals(
                "val",
                ReviewSample.of(predictions, new ReviewSettings(41, 0), new Randomness(3))
                        .errors()
                        .get(40)
                        .path());
    }

    @Test
    void whatIsRequiredIsOpenUntilItHasAVerdictThatHolds() {
        Finding high = finding("rose", Finding.Severity.HIGH);
        Findings findings = new Findings(List.of(high, finding("tulip", Finding.Severity.MEDIUM)), List.of());
        List<Prediction> errors = errors(2);
        ReviewSample sample = new ReviewSample(errors, List.of(RIGHT));

        RequiredItems before = RequiredItems.of(
                findings,
                sample,
                merged(
                        verdict("Ann", prediction("1", Split.TEST, "rose", "tulip"), Judgement.OTHER, "", TIME, RUN),
                        new FindingVerdict(high.id(), Ruling.CONFIRMED, "", "Ann", TIME, EARLIER)),
                RUN);
        RequiredItems after = RequiredItems.of(
                findings,
                sample,
                merged(
                        verdict("Ann", errors.get(0), Judgement.BACKGROUND, "", TIME, EARLIER),
                        verdict("Ben", "1", Judgement.OTHER),
                        verdict("Ben", RIGHT, Judgement.CORRECT, "", TIME, RUN),
                        new FindingVerdict(high.id(), Ruling.REJECTED, "", "Ann", TIME, RUN)),
                RUN);

        assertEquals(
                List.of(
                        "finding:outliers:rose odd ones",
                        "error 0 (test): rose, predicted daisy",
                        "error 1 (test): rose, predicted daisy",
                        "correct right (val): tulip"),
                before.open());
        assertEquals(List.of(), after.open());
        assertTrue(after.reviewed().complete() && !before.reviewed().complete());
    }

    private static Finding finding(String subject, Finding.Severity severity) {
        Statement statement = new Statement(
                severity, "odd ones", 1, 1, 1, OptionalDouble.empty(), OptionalDouble.empty(), 1, List.of(), "look");
        return new Finding(FindingKind.OUTLIERS, subject, statement);
    }

    private static List<Prediction> errors(int n) {
        return new ArrayList<>(IntStream.range(0, n)
                .mapToObj(i -> prediction("" + i, Split.TEST, "rose", "daisy"))
                .toList());
    }
}
