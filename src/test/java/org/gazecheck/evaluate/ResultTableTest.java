package org.gazecheck.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.gazecheck.config.ExpectSettings;
import org.gazecheck.config.ExpectSettings.Figures;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.RandomStream;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class ResultTableTest {
    private static final Logits SCORES = new Logits(4, 2, new float[] {2, 0, 2, 0, 0, 2, 0, 2});

    private final SplitMetrics half = split(new int[] {0, 1, 1, 0}, OptionalDouble.of(1.25));
    private final SplitMetrics all = split(new int[] {0, 0, 1, 1}, OptionalDouble.of(1.25));

    @Test
    void figuresStandBesideTheirIntervals() {
        List<String> lines =
                ResultTable.of(new Metrics(half, all), null).lines().toList();
        assertTrue(lines.get(0).contains("val (4 images)") && lines.get(0).contains("test (4 images)"), lines.get(0));
        String top = lines.get(1);
        assertTrue(top.startsWith("top-1"), top);
        assertTrue(top.contains(" 50.00 % (15.00 to 85.00)"), top);
        assertTrue(top.contains("100.00 % (51.01 to 100.00)"), top);
        assertTrue(lines.stream().anyMatch(l -> l.startsWith("temperature") && l.contains("1.250")));
    }

    @Test
    void noLineIsWiderThanTheConsole() {
        ExpectSettings expect = new ExpectSettings(new Figures(1.0), new Figures(0.5));
        ResultTable.of(new Metrics(all, all), expect)
                .lines()
                .forEach(line -> assertTrue(line.length() <= 80, line.length() + " columns: " + line));
    }

    @Test
    void expectedFiguresAreReachedOrBelow() {
        ExpectSettings expect = new ExpectSettings(new Figures(0.75), new Figures(1.0));
        String table = ResultTable.of(new Metrics(half, all), expect);
        assertTrue(table.contains("expected: val top-1 at least 75.00 %: BELOW (50.00 %, -25.00 points)"), table);
        assertTrue(table.contains("expected: test top-1 at least 100.00 %: reached (100.00 %, +0.00 points)"), table);
    }

    @Test
    void aSplitWithoutImagesIsNotMeasured() {
        String table = ResultTable.of(new Metrics(half, null), new ExpectSettings(null, new Figures(0.9)));
        assertTrue(table.contains("expected: test top-1 at least 90.00 %: not measured"), table);
        assertFalse(table.contains("test ("), table);
        assertTrue(ResultTable.of(new Metrics(null, half), null).contains("test (4 images)"));
    }

    @Test
    void withoutCalibrationNoTemperatureIsTold() {
        SplitMetrics plain = split(new int[] {0, 1, 1, 0}, OptionalDouble.empty());
        String table = ResultTable.of(new Metrics(plain, plain), new ExpectSettings(null, null));
        assertFalse(table.contains("temperature"), table);
        assertFalse(table.contains("before"), table);
        assertFalse(table.contains("expected"), table);
        assertEquals(7, table.lines().count());
    }

    private static SplitMetrics split(int[] labels, OptionalDouble temperature) {
        return MetricsCalculator.of(
                SCORES,
                labels,
                List.of("a", "b"),
                temperature,
                new Bootstrap(100, new Randomness(1), new RandomStream("test")));
    }
}
