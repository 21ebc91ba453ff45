package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.gazecheck.gate.Examination.Critical;
import org.gazecheck.gate.Examination.Item;
import org.gazecheck.gate.Examination.Items;
import org.gazecheck.gate.Examination.LeastFailure;
import org.gazecheck.gate.Examination.Missing;
import org.gazecheck.gate.Examination.Things;
import org.gazecheck.gate.Rule.Scope;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.RunVerdict;

/** Holds rules to measurements. */
record Examiner(MeasurementTable measurements) {
    Examination examine(Rule rule) {
        if (rule instanceof Rule.Threshold threshold) {
            Scope scope = threshold.scope();
            return parts(
                    rule,
                    scope,
                    measurements.figures(scope.id(), scope.eachClass()),
                    Figure::n,
                    (id, figure) -> ThresholdItem.of(new Seen.OfFigure(threshold, id, figure)));
        }
        if (rule instanceof Rule.AgainstBaseline baseline) {
            Scope scope = baseline.scope();
            return parts(
                    rule,
                    scope,
                    measurements.comparisons(scope.id(), scope.eachClass()),
                    BaselineComparison::n,
                    (id, comparison) -> ComparisonItem.of(new Seen.OfComparison(baseline, id, comparison)));
        }
        if (rule instanceof Rule.NoDrift drift) {
            return examine(rule, measurements.drift(drift.id()), tests -> drift(drift, tests));
        }
        if (rule instanceof Rule.VerdictIs verdict) {
            return examine(rule, measurements.verdict(), found -> verdict(verdict, found));
        }
        Rule.NoFindings findings = (Rule.NoFindings) rule;
        return examine(rule, measurements.findings(findings.of()), all -> findings(findings, all));
    }

    private interface Looking<T> {
        Examination at(T found);
    }

    /** What cannot be answered although it should be is a failure. */
    private static <T> Examination examine(Rule rule, Measured<T> measured, Looking<T> looking) {
        if (measured instanceof Measured.NotApplicable<T> missing) {
            return new Missing(missing.reason());
        }
        if (measured instanceof Measured.Unanswerable<T> unanswerable) {
            Seen nothing = new Seen.Nothing(rule, unanswerable.reason());
            return Items.of(List.of(Item.present(nothing, OptionalDouble.empty())), Things.FIGURE, false);
        }
        return looking.at(((Measured.Found<T>) measured).value());
    }

    private static <T> Examination parts(
            Rule rule,
            Scope scope,
            Measured<SortedMap<MetricId, T>> measured,
            ToIntFunction<T> images,
            BiFunction<MetricId, T, Optional<Item>> making) {
        return examine(rule, measured, parts -> parts(scope, parts, images, making));
    }

    private static <T> Examination parts(
            Scope scope,
            SortedMap<MetricId, T> values,
            ToIntFunction<T> images,
            BiFunction<MetricId, T, Optional<Item>> making) {
        List<Item> items = new ArrayList<>();
        int few = 0;
        int without = 0;
        int most = 0;
        for (Map.Entry<MetricId, T> entry : values.entrySet()) {
            int n = images.applyAsInt(entry.getValue());
            most = Math.max(most, n);
            if (scope.id().metric().isNoisy() && n < scope.minimum()) {
                few++;
                continue;
            }
            Optional<Item> item = making.apply(entry.getKey(), entry.getValue());
            item.ifPresent(items::add);
            without += item.isPresent() ? 0 : 1;
        }
        if (items.isEmpty()) {
            return new Missing(few > 0 ? tooFew(scope, most) : "the figure has no value or no interval");
        }
        return new Items(items, scope.eachClass() ? Things.CLASSES : Things.FIGURE, false, few, without);
    }

    private static String tooFew(Scope scope, int most) {
        return (scope.eachClass() ? "no class has more than " : "there are ") + Wording.images(most) + ", "
                + scope.minimum() + (scope.minimum() == 1 ? " is" : " are") + " needed";
    }

    private static Examination drift(Rule.NoDrift rule, List<DriftTest> tests) {
        List<Item> items = tests.stream()
                .filter(test -> test.n() >= rule.minimum() && !Double.isNaN(test.p()))
                .map(test -> item(new Seen.OfTest(rule, test)))
                .toList();
        int most = tests.stream().mapToInt(DriftTest::n).max().orElse(0);
        return items.isEmpty()
                ? new Missing("there are " + Wording.images(most) + ", " + rule.minimum() + " are needed")
                : Items.of(items, Things.TESTS, false);
    }

    private static Item item(Seen.OfTest seen) {
        DriftTest test = seen.test();
        Figure effect = new Figure(test.effect(), test.low(), test.high(), test.n());
        return new Item(
                seen, OptionalDouble.of(test.p()), test.leastP(), true, effect, 0, level -> critical(seen, level));
    }

    private static Optional<Critical> critical(Seen.OfTest seen, double level) {
        double size = seen.test().critical().at(level, 1);
        if (Double.isNaN(size)) {
            return Optional.empty();
        }
        return Optional.of(Double.isInfinite(size) ? Critical.nothing(seen) : new Critical(seen, size, List.of(size)));
    }

    /** That it is graver than when it failed first is news. */
    private static Examination verdict(Rule.VerdictIs rule, RunVerdict verdict) {
        int level = verdict.level().ordinal();
        Item item = new Item(
                new Seen.OfVerdict(rule, verdict),
                OptionalDouble.empty(),
                0,
                level > rule.worst().ordinal(),
                new Figure(level, Double.NaN, Double.NaN, 0),
                1,
                LeastFailure.UNKNOWN);
        return Items.of(List.of(item), Things.FIGURE, false);
    }

    private static Examination findings(Rule.NoFindings rule, List<NightFinding> all) {
        List<Item> items = all.stream()
                .filter(found -> found.isNew() || !rule.onlyNew())
                .filter(found -> rule.conditions().stream().allMatch(c -> c.holds(found.finding())))
                .map(found -> Item.present(new Seen.OfFinding(rule, found), chance(rule, found)))
                .toList();
        return Items.of(items, Things.FINDINGS, true);
    }

    /** Empty where a grade says already what is beyond chance: the audit proves at a level of its own. */
    private static OptionalDouble chance(Rule.NoFindings rule, NightFinding found) {
        return found.finding().grade() == Finding.Grade.PROVEN || rule.readsGrades()
                ? OptionalDouble.empty()
                : found.p();
    }
}
