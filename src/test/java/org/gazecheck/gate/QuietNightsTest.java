package org.gazecheck.gate;

import static org.gazecheck.gate.Nights.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.stats.CriticalEffect;
import org.junit.jupiter.api.Test;

/** The budget of false alarms, where every rule holds but only just: the truth lies at each threshold. */
class QuietNightsTest {
    private static final List<String> FAIL = List.of(
            "test.top1 >= 90 %",
            "test.balancedAccuracy >= 80 %",
            "test.logLoss <= 0.5",
            "each class test.top1 >= 60 % with at least 20 images",
            "test.top1 not worse than baseline",
            "val.top1 not worse than baseline by more than 1 %",
            "each class new.top1 not worse than baseline",
            "new.drift is none",
            "findings.new.severity >= high is empty");
    private static final List<String> WARN = List.of("test.localisation.mass_lift.correct >= 1.3");
    private static final int SHUFFLES = 20_000;

    @Test
    void atMostOneQuietNightInAHundredAlarms() throws Exception {
        assertTrue(alarms(Gates.DEFAULT_BUDGET, 10_000, 0) <= 100 + 3 * Math.sqrt(100));
    }

    @Test
    void aLargerBudgetIsUsed() throws Exception {
        double rate = alarms(0.3, 2_000, 0) / 2000.0;
        assertTrue(rate <= 0.3 + 3 * Math.sqrt(0.3 * 0.7 / 2000), "rate " + rate);
        assertTrue(rate > 0.1, "rate " + rate);
    }

    @Test
    void aRealLossIsFound() throws Exception {
        assertEquals(200, alarms(Gates.DEFAULT_BUDGET, 200, 0.1));
    }

    private static int alarms(double budget, int nights, double loss) throws Exception {
        Gates gates = Gates.of(FAIL, WARN, budget);
        Random random = new Random(20260314);
        int alarms = 0;
        for (int i = 0; i < nights; i++) {
            GateVerdict verdict = gates.judge("night", TIME, night(random, loss), Optional.empty(), List.of());
            assertEquals(0, verdict.count(GateOutcome.NOT_APPLICABLE));
            alarms += verdict.alerts() || verdict.count(GateOutcome.WARNED) > 0 ? 1 : 0;
        }
        return alarms;
    }

    private static MeasurementTable night(Random random, double loss) {
        Map<String, Figure> classes = new TreeMap<>();
        Map<String, BaselineComparison> compared = new TreeMap<>();
        for (int c = 0; c < 15; c++) {
            classes.put("class " + c, share(right(random, 25, 0.6 - loss), 25));
            compared.put("class " + c, compared(random));
        }
        MeasurementTable.Builder night = MeasurementTable.builder()
                .figure(id("test.top1"), share(right(random, 500, 0.9 - loss), 500))
                .figure(id("test.balancedAccuracy"), mean(100, () -> 0.8 - loss + 0.1 * random.nextGaussian()))
                .figure(id("test.logLoss"), mean(200, () -> (0.5 + loss) * -Math.log(1 - random.nextDouble())))
                .figure(id("test.localisation.mass_lift.correct"), mean(30, () -> 1.3 - loss + random.nextGaussian()))
                .comparison(id("test.top1"), compared(random))
                .comparison(id("val.top1"), lost(random, 0.01 + loss));
        classes.forEach((label, figure) -> night.figure(id("test.top1").ofClass(label), figure));
        compared.forEach((label, comparison) -> night.comparison(id("new.top1").ofClass(label), comparison));
        for (int t = 0; t < 8; t++) {
            double p = (1 + random.nextInt(SHUFFLES + 1)) / (1.0 + SHUFFLES);
            night.drift(drifted("new.drift.brightness", 0.1, "Cliff's delta", p, 1 / (1.0 + SHUFFLES)));
        }
        double p = random.nextDouble();
        List<NightFinding> findings = new ArrayList<>();
        if (p < 0.05) {
            findings.add(finding("localisation-of-class", "rose", Severity.HIGH, true, p));
        }
        return night.findings(findings).build();
    }

    private static BaselineComparison compared(Random random) {
        return comparison(0.9 + (random.nextBoolean() ? 0.01 : -0.01), 0.9, random.nextDouble(), 100);
    }

    /** So much is truly lost, which many images show beyond doubt. */
    private static BaselineComparison lost(Random random, double truly) {
        double error = 0.002;
        double effect = error * random.nextGaussian() - truly;
        return new BaselineComparison(
                0.9 + effect, 0.9, difference(effect, 1.959964 * error), 1e-12, 0, 10_000, CriticalEffect.UNKNOWN);
    }

    private static int right(Random random, int n, double probability) {
        return (int) random.doubles(n).filter(u -> u < probability).count();
    }

    private static Figure mean(int n, DoubleSupplier draw) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> draw.getAsDouble());
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return estimate(mean, 1.959964 * Math.sqrt(squares / (n - 1) / n), n);
    }
}
