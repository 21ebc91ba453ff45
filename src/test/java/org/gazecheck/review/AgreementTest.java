package org.gazecheck.review;

import static org.gazecheck.review.Reviews.EARLIER;
import static org.gazecheck.review.Reviews.TIME;
import static org.gazecheck.review.Reviews.merged;
import static org.gazecheck.review.Reviews.prediction;
import static org.gazecheck.review.Reviews.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.FindingVerdict.Ruling;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.Split;
import org.gazecheck.results.Verdict;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Judgement[] CATEGORIES = {Judgement.LABEL_WRONG, Judgement.BACKGROUND, Judgement.OTHER};

    @Test
    void twoReviewersHaveCohensKappaWithAnInterval() {
        int[][] cohen1960 = {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}};
        List<Verdict> verdicts = new ArrayList<>();
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                for (int i = 0; i < cohen1960[a][b]; i++) {
                    String path = a + " " + b + " " + i;
                    verdicts.add(verdict("Ann", path, CATEGORIES[a]));
                    verdicts.add(verdict("Ben", path, CATEGORIES[b]));
                }
            }
        }
        verdicts.add(verdict("Ben", "only Ben", Judgement.AMBIGUOUS));

        List<Agreement> agreements = Agreement.of(MergedVerdicts.of(List.of(verdicts)));

        assertEquals(1, agreements.size());
        Agreement agreement = agreements.get(0);
        assertEquals(200, agreement.n());
        assertEquals(0.492, agreement.kappa().getAsDouble(), 5e-4);
        double cohensStandardError = Math.sqrt(0.70 * 0.30 / 200) / (1 - 0.41);
        assertEquals(0.492 - 1.96 * cohensStandardError, agreement.interval().low(), 0.02);
        assertEquals(0.492 + 1.96 * cohensStandardError, agreement.interval().high(), 0.02);
        assertTrue(
                agreement
                        .text()
                        .matches("Cohen's kappa of Ann and Ben: 0\\.49 \\(95 % interval 0\\.\\d\\d to 0\\.\\d\\d\\)"
                                + " \\(200 images\\)"),
                agreement.text());
    }

    @Test
    void threeHaveFleissKappaOnWhatAllJudgedAndCohensOfEveryTwo() {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            for (String reviewer : List.of("Ann", "Ben", "Cem")) {
                if (i < 9 || !reviewer.equals("Cem")) {
                    verdicts.add(verdict(reviewer, "" + i, CATEGORIES[i % 3]));
                }
            }
        }

        List<Agreement> agreements = Agreement.of(MergedVerdicts.of(List.of(verdicts)));

        assertEquals(
                List.of(
                        "Fleiss' kappa of Ann, Ben and Cem: 1.00 (95 % interval 1.00 to 1.00) (9 images)",
                        "Cohen's kappa of Ann and Ben: 1.00 (95 % interval 1.00 to 1.00) (12 images)",
                        "Cohen's kappa of Ann and Cem: 1.00 (95 % interval 1.00 to 1.00) (9 images)",
                        "Cohen's kappa of Ben and Cem: 1.00 (95 % interval 1.00 to 1.00) (9 images)"),
                agreements.stream().map(Agreement::text).toList());
    }

    @Test
    void oneVerdictForEverythingLeavesKappaUndefined() {
        MergedVerdicts merged = merged(
                verdict("Ann", "a", Judgement.CORRECT),
                verdict("Ben", "a", Judgement.CORRECT),
                verdict("Ann", "b", Judgement.CORRECT),
                verdict("Ben", "b", Judgement.CORRECT));

        assertEquals(
                "Cohen's kappa of Ann and Ben: undefined, because everyone always gave the same one verdict (2 images)",
                Agreement.of(merged).get(0).text());
    }

    @Test
    void aSingleDisagreementLeavesAWideInterval() {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            verdicts.add(verdict("Ann", "" + i, Judgement.CORRECT));
            verdicts.add(verdict("Ben", "" + i, i == 0 ? Judgement.OTHER : Judgement.CORRECT));
        }
        Agreement agreement = Agreement.of(MergedVerdicts.of(List.of(verdicts))).get(0);

        assertEquals(0, agreement.kappa().getAsDouble());
        assertTrue(agreement.interval().high() - agreement.interval().low() > 0.5);
    }

    @Test
    void verdictsOnOtherPredictionsAreNotCompared() {
        var before = prediction("a", Split.TEST, "rose", "tulip");
        MergedVerdicts merged = merged(
                verdict("Ann", before, Judgement.FAIR_MISTAKE, "", TIME, EARLIER),
                verdict("Ben", "a", Judgement.BACKGROUND));

        assertEquals(
                "Cohen's kappa of Ann and Ben: no image was judged by both under the same label and prediction",
                Agreement.of(merged).get(0).text());
        assertEquals(List.of(), Conflict.among(merged));
    }

    @Test
    void oneReviewerAgreesWithNobody() {
        assertEquals(List.of(), Agreement.of(merged(verdict("Ann", "a", Judgement.CORRECT))));
        assertEquals(List.of(), Agreement.of(MergedVerdicts.NONE));
    }

    @Test
    void conflictsSayWhoSaidWhat() {
        MergedVerdicts merged = merged(
                verdict("Ann", "a", Judgement.LABEL_WRONG, "tulip"),
                verdict("Ben", "a", Judgement.FAIR_MISTAKE),
                verdict("Ann", "b", Judgement.LABEL_WRONG, "tulip"),
                verdict("Ben", "b", Judgement.LABEL_WRONG, "daisy"),
                verdict("Ann", "c", Judgement.LABEL_WRONG, "tulip"),
                verdict("Ben", "c", Judgement.LABEL_WRONG),
                new FindingVerdict("k:x", Ruling.CONFIRMED, "", "Ann", TIME, EARLIER),
                new FindingVerdict("k:x", Ruling.REJECTED, "", "Ben", TIME, EARLIER));

        assertEquals(
                List.of(
                        "a: Ann label-wrong (tulip), Ben fair-mistake",
                        "b: Ann label-wrong (tulip), Ben label-wrong (daisy)",
                        "finding:k:x: Ann confirmed, Ben rejected"),
                Conflict.among(merged).stream().map(Conflict::text).toList());
    }
}
