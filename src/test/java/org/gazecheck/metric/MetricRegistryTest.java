package org.gazecheck.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gazecheck.gate.Rule;
import org.gazecheck.gate.RuleException;
import org.gazecheck.metric.Metric.Better;
import org.gazecheck.metric.Metric.Nature;
import org.gazecheck.metric.MetricId.Detail;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricRegistryTest {
    /** {@code SET.QUANTITY[.DETAIL]}; what belongs to the heatmap, and to drift, names that first. */
    private static final Pattern GRAMMAR = Pattern.compile(
            "(val|test|new|missing|night|mitigation)\\.((localisation|drift)\\.)?[a-zA-Z0-9_]+(\\.(correct|wrong))?");

    @TestFactory
    Stream<DynamicTest> everyIdIsOfOneGrammarAndReadBack() {
        return MetricId.all().stream()
                .map(id -> dynamicTest(id.text(), () -> {
                    assertTrue(GRAMMAR.matcher(id.text()).matches());
                    assertEquals(Optional.of(id), MetricId.of(id.text()));
                    assertEquals(id, id.ofClass("a.b / c").overall());
                    assertTrue(id.isOverall() || id.isByClass());
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyMetricSaysWhatItIs() {
        return metrics()
                .map(metric -> dynamicTest(metric.quantity(), () -> {
                    assertFalse(metric.title().isBlank());
                    assertFalse(metric.title().contains("|"), "it stands in a table");
                    assertFalse(metric.sets().isEmpty());
                    assertTrue(metric.unit().least() < metric.unit().most());
                    assertNotNull(metric.better());
                    assertTrue(metric.nature() != Nature.SHARE || metric.unit() == Unit.SHARE);
                    boolean group = metric.nature() == Nature.TESTS && !metric.isCompared();
                    assertEquals(group, metric.source().file().isEmpty(), "every figure comes from a file");
                    assertEquals(
                            metric.nature() == Nature.TESTS, metric.quantity().startsWith("drift"));
                    if (metric.comparison() instanceof Comparison.Values) {
                        assertTrue(metric.source() instanceof Source.OfImages, "values of images are compared");
                    }
                    if (metric.isFigure() && metric.isCompared()) {
                        assertTrue(metric.sets().containsAll(MetricSet.EVALUATED));
                    }
                }));
    }

    private static Stream<Metric> metrics() {
        return MetricRegistry.all().stream();
    }

    @Test
    void noIdIsThereTwice() {
        long ids = MetricRegistry.all().stream()
                .mapToLong(metric -> (long) metric.sets().size() * (metric.byOutcome() ? Detail.values().length : 1))
                .sum();
        assertEquals(ids, MetricId.all().size());
        assertEquals(
                ids, new HashSet<>(MetricId.all().stream().map(MetricId::text).toList()).size());
    }

    @Test
    void theTableOfTheDocumentationIsGenerated() throws Exception {
        assertTrue(
                Files.readString(Path.of("docs/metrics.md")).contains(MetricTable.markdown()),
                "the table in docs/metrics.md is:\n" + MetricTable.markdown());
    }

    @TestFactory
    Stream<DynamicTest> everyIdCanStandInARule() {
        return MetricId.all().stream().map(id -> dynamicTest(id.text(), () -> Rule.of(rule(id))));
    }

    private static String rule(MetricId id) {
        String of = (id.isOverall() ? "" : "each class ") + id.text();
        return of
                + switch (id.metric().nature()) {
                    case SHARE -> " >= 50 %";
                    case ESTIMATE -> id.isCompared() ? " not different from baseline" : " <= 0.5";
                    case COUNT -> id.metric().unit() == Unit.TRUTH ? " = true" : " <= 10";
                    case TESTS -> " is none";
                };
    }

    @ParameterizedTest
    @CsvSource({
        "test.localisation.mass_lft, test.localisation.mass_lift",
        "new.drift.sharpnes, new.drift.sharpness",
        "val.balancedaccuracy, val.balancedAccuracy",
        "night.second, night.seconds"
    })
    void anUnknownIdSuggestsTheNearest(String written, String meant) {
        RuleException mistake = assertThrows(RuleException.class, () -> Rule.of(written + " >= 0.5"));
        assertTrue(mistake.getMessage().endsWith("did you mean " + meant + "?"), mistake.getMessage());
    }

    @Test
    void driftIsAllItsTestsAndAGroupSomeOfThem() {
        List<MetricId> tests = MetricId.all().stream()
                .filter(id -> id.set() == MetricSet.NEW && id.detail() == Detail.ALL)
                .filter(id -> id.metric().isCompared() && id.metric().drift().isPresent())
                .toList();
        assertTrue(tests.stream().allMatch(test -> MetricRegistry.DRIFT.covers(test.metric())));
        Metric properties = MetricId.parse("new.drift.properties").metric();
        assertEquals(
                List.of("brightness", "contrast", "sharpness", "saturation", "aspect", "pixels"),
                tests.stream()
                        .filter(test -> properties.covers(test.metric()))
                        .map(test -> test.metric().quantity().substring("drift.".length()))
                        .toList());
        Metric brightness = MetricId.parse("new.drift.brightness").metric();
        assertEquals(
                1,
                tests.stream().filter(test -> brightness.covers(test.metric())).count());
    }

    @Test
    void whereNeitherDirectionIsWorseNoRuleAsksForWorse() {
        MetricId.all().stream()
                .filter(id -> id.isCompared() && id.metric().better() == Better.NEITHER)
                .forEach(id ->
                        assertThrows(RuleException.class, () -> Rule.of(id + " not worse than baseline"), id.text()));
    }
}
