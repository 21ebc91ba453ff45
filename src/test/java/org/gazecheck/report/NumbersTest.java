package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.DoubleStream;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void sharesArePercentWithOneDecimal() {
        assertEquals("95.4\u00a0%", Numbers.percent(0.9541));
        assertEquals("100.0\u00a0%", Numbers.percent(1));
        assertEquals("–", Numbers.percent(Double.NaN));
        assertEquals("94.0–96.6", Numbers.percentInterval(0.94, 0.966));
        assertEquals("–", Numbers.percentInterval(Double.NaN, 1));
    }

    @Test
    void aSoftmaxIsNeverCertain() {
        assertEquals("97.3\u00a0%", Numbers.softmax(0.9731f));
        assertEquals("99.9\u00a0%", Numbers.softmax(0.9994f));
        assertEquals(">\u00a099.9\u00a0%", Numbers.softmax(0.9996f));
        assertEquals(">\u00a099.9\u00a0%", Numbers.softmax(1));
        assertEquals("<\u00a00.1\u00a0%", Numbers.softmax(1e-12f));
        assertEquals("–", Numbers.softmax(Float.NaN));
    }

    @Test
    void signsAreTypographicAndZeroHasNone() {
        assertEquals("+1.2", Numbers.signed(1.23, 1));
        assertEquals("−1.2", Numbers.signed(-1.23, 1));
        assertEquals("0.0", Numbers.signed(-0.01, 1));
        assertEquals("0.00", Numbers.fixed(-0.001, 2));
        assertEquals("−1.2 to +3.4", Numbers.signedInterval(-1.2, 3.4, 1));
    }

    @Test
    void probabilitiesCountsAndDurations() {
        assertEquals("p < 0.001", Numbers.probability("p", 2e-5));
        assertEquals("q = 0.012", Numbers.probability("q", 0.0121));
        assertEquals("6,149", Numbers.count(6149));
        assertEquals("3.2 s", Numbers.duration(3.21));
        assertEquals("4 min 12 s", Numbers.duration(252));
        assertEquals("1 h 03 min", Numbers.duration(3785));
        assertEquals("0.231", Numbers.plain(0.2311));
        assertEquals("1.20e−05", Numbers.plain(1.2e-5));
    }

    @Test
    void aMeanHasTheStandardErrorOfTheTextbook() {
        List<Localisation> rows = DoubleStream.of(2, 4, 4, 4, 5, 5, 7, 9, Double.NaN)
                .mapToObj(v -> new Localisation("", "", Split.TEST, MapTarget.PREDICTED, v, 0, 0, 0, 0, 0, 0, 0))
                .toList();
        LocalisationSummary.Mean mean = LocalisationSummary.Mean.of(rows, Localisation::massAccuracy);
        assertEquals(8, mean.n());
        assertEquals(5, mean.mean(), 1e-12);
        assertEquals(Math.sqrt(32.0 / 7 / 8), mean.error(), 1e-12);
    }

    @Test
    void sentencesKeepTheirSignsTogetherAndHaveOneMinus() {
        assertEquals(
                "54\u00a0% of cases (Cliff's delta −0.81, −0.95 to −0.60; 2026-11-02, colt-5)",
                Numbers.in("54 % of cases (Cliff's delta -0.81, -0.95 to -0.60; 2026-11-02, colt-5)"));
    }
}
