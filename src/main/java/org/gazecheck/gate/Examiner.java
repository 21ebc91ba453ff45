package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.gazecheck.gate.Examination.Critical;
import org.gazecheck.gate.Examination.Item;
import org.gazecheck.gate.Examination.Items;
import org.gazecheck.gate.Examination.LeastFailure;
import org.gazecheck.gate.Examination.Missing;
import org.gazecheck.gate.Examination.Things;
import org.gazecheck.gate.Examination.Unanswerable;
import org.gazecheck.gate.Measure.Better;
import org.gazecheck.gate.Rule.Scope;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;

/** Holds rules to measurements. */
record Examiner(Measurements measurements) {
    private static final double NO_CHANCE = Double.NaN;

    /** What of a rule's subject is looked at: itself, or one class of it. */
    private record Part<T>(String id, String name, String ofClass, T value) {
        /** Which part would be the first to fail, where there are several. */
        String first() {
            return ofClass.isEmpty() ? "" : "first for " + Printable.of(ofClass) + ", ";
        }
    }

    Examination examine(Rule rule) {
        if (rule instanceof Rule.Threshold threshold) {
            return threshold(threshold);
        }
        if (rule instanceof Rule.AgainstBaseline baseline) {
            return baseline(baseline);
        }
        if (rule instanceof Rule.NoDrift drift) {
            return drift(drift);
        }
        return findings((Rule.NoFindings) rule);
    }

    private Examination threshold(Rule.Threshold rule) {
        Scope scope = rule.scope();
        String name = scope.measure().name();
        Measured<SortedMap<String, Figure>> figures =
                scope.eachClass() ? measurements.figureByClass(name) : single(measurements.figure(name));
        return parts(rule.text(), scope, figures, Figure::n, (part, of) -> item(rule, part, of));
    }

    private static Item item(Rule.Threshold rule, Part<Figure> part, Measure measure) {
        Figure figure = part.value();
        boolean below = rule.operator().boundsBelow();
        boolean exact = rule.exactly();
        double p = exact ? NO_CHANCE : OneSidedP.of(measure.nature(), figure, rule.value(), below);
        if (Double.isNaN(figure.value()) || !exact && Double.isNaN(p)) {
            return null;
        }
        return new Item(
                part.id(),
                p,
                exact ? 0 : OneSidedP.least(measure.nature(), figure.n(), rule.value(), below),
                !rule.operator().holds(figure.value(), rule.value()),
                part.name() + " is " + Wording.figure(measure, figure),
                rule.operator().violated() + " " + Wording.amount(measure, rule.value()),
                figure.value(),
                figure.low(),
                figure.high(),
                below ? -1 : rule.operator() == Rule.Operator.EQUAL ? 0 : 1,
                exact ? LeastFailure.UNKNOWN : level -> critical(rule, part, measure, level));
    }

    private static Optional<Critical> critical(Rule.Threshold rule, Part<Figure> part, Measure measure, double level) {
        boolean below = rule.operator().boundsBelow();
        Figure figure = part.value();
        boolean counted = measure.nature() == Measure.Nature.SHARE;
        double value = OneSidedP.critical(measure.nature(), figure, rule.value(), below, level);
        if (Double.isNaN(value)) {
            return counted ? Optional.of(Critical.NOTHING) : Optional.empty();
        }
        if (!measure.mayBe(value)) {
            return Optional.empty();
        }
        String amount = Wording.amountApart(measure, value, rule.value(), figure.value());
        return Optional.of(new Critical(
                Math.abs(value - rule.value()),
                part.first() + "at " + (counted ? amount + ofImages(value, figure.n()) : "about " + amount)
                        + (below ? " or below" : " or above")
                        + (counted ? "" : ", with tonight's spread")));
    }

    private static String ofImages(double share, int n) {
        return " (" + Math.round(share * n) + " of " + n + ")";
    }

    private Examination baseline(Rule.AgainstBaseline rule) {
        Scope scope = rule.scope();
        String name = scope.measure().name();
        Measured<SortedMap<String, BaselineComparison>> comparisons =
                scope.eachClass() ? measurements.comparisonByClass(name) : single(measurements.comparison(name));
        return parts(rule.text(), scope, comparisons, BaselineComparison::n, (part, of) -> item(rule, part, of));
    }

    private static Item item(Rule.AgainstBaseline rule, Part<BaselineComparison> part, Measure measure) {
        BaselineComparison comparison = part.value();
        BaselineComparison.Effect difference = comparison.effect();
        double effect = difference.size();
        if (Double.isNaN(effect) || Double.isNaN(comparison.p())) {
            return null;
        }
        boolean wrongWay = rule.anyDifference() || effect < 0 == (measure.better() == Better.HIGHER);
        boolean beyond = effect != 0 && wrongWay && Math.abs(effect) > rule.margin();
        double p = comparison.p();
        if (rule.margin() > 0) {
            double outside = OneSidedP.of(
                    Measure.Nature.ESTIMATE,
                    new Figure(effect, difference.low(), difference.high(), comparison.n()),
                    Math.signum(effect) * rule.margin(),
                    effect < 0);
            if (Double.isNaN(outside)) {
                return null;
            }
            p = Math.max(p, Math.min(1, 2 * outside));
        }
        String interval = Double.isNaN(difference.low())
                ? ""
                : "95 % interval " + step(measure, difference, difference.low()) + " to "
                        + step(measure, difference, difference.high()) + ", ";
        String margin = rule.margin() == 0 ? "" : " by more than " + Wording.amount(measure, rule.margin());
        return new Item(
                part.id(),
                wrongWay ? p : 1,
                comparison.leastP(),
                beyond,
                part.name() + " is " + Wording.amount(measure, comparison.now()) + ", on the baseline "
                        + Wording.amount(measure, comparison.before()) + ": "
                        + (difference.ranked() ? "Cliff's delta " : "") + step(measure, difference, effect) + " ("
                        + interval + Wording.images(comparison.n()) + ")",
                (rule.anyDifference() ? "different" : "worse") + margin,
                effect,
                difference.low(),
                difference.high(),
                (int) Math.signum(effect),
                level -> critical(rule, part, measure, level));
    }

    private static String step(Measure measure, BaselineComparison.Effect difference, double size) {
        return difference.ranked() ? Wording.signed(size) : Wording.difference(measure, size);
    }

    private static Optional<Critical> critical(
            Rule.AgainstBaseline rule, Part<BaselineComparison> part, Measure measure, double level) {
        if (rule.margin() > 0) {
            return Optional.empty();
        }
        BaselineComparison comparison = part.value();
        List<Integer> signs =
                rule.anyDifference() ? List.of(-1, 1) : List.of(measure.better() == Better.LOWER ? 1 : -1);
        List<Double> sizes = signs.stream()
                .map(sign -> comparison.critical().at(level, sign))
                .map(size -> comparison.effect().ranked() || measure.mayBe(comparison.before() + size)
                        ? size
                        : size * Double.POSITIVE_INFINITY)
                .toList();
        if (sizes.stream().anyMatch(size -> Double.isNaN(size))) {
            return Optional.empty();
        }
        List<Double> possible =
                sizes.stream().filter(size -> !Double.isInfinite(size)).toList();
        if (possible.isEmpty()) {
            return Optional.of(Critical.NOTHING);
        }
        boolean bothWays = possible.size() == 2 && possible.get(0) == -possible.get(1);
        String steps = possible.stream()
                .skip(bothWays ? 1 : 0)
                .map(size -> step(measure, comparison, size))
                .collect(Collectors.joining(" or "));
        return Optional.of(new Critical(
                possible.stream().mapToDouble(Math::abs).min().orElseThrow(),
                part.first() + (comparison.effect().ranked() ? "from a Cliff's delta of " : "from ")
                        + (bothWays ? steps.replace("+", "±") : steps) + " on"));
    }

    /** A step that would fail, with the images that it would be. */
    private static String step(Measure measure, BaselineComparison comparison, double size) {
        if (comparison.effect().ranked()) {
            return Wording.signed(size);
        }
        String step =
                Wording.differenceApart(measure, size, 0, comparison.effect().size());
        return measure.nature() == Measure.Nature.SHARE
                ? step + ofImages(comparison.before() + size, comparison.n())
                : step;
    }

    private static <T> Measured<SortedMap<String, T>> single(Measured<T> measured) {
        if (measured instanceof Measured.Found<T> found) {
            SortedMap<String, T> one = new TreeMap<>();
            one.put("", found.value());
            return new Measured.Found<>(one);
        }
        return measured instanceof Measured.Unanswerable<T> unanswerable
                ? new Measured.Unanswerable<>(unanswerable.reason())
                : new Measured.NotApplicable<>(((Measured.NotApplicable<T>) measured).reason());
    }

    private interface Making<T> {
        /** Null where the figure does not exist or has no interval to go by. */
        Item of(Part<T> part, Measure measure);
    }

    private static <T> Examination parts(
            String text,
            Scope scope,
            Measured<SortedMap<String, T>> measured,
            ToIntFunction<T> images,
            Making<T> making) {
        if (measured instanceof Measured.NotApplicable<SortedMap<String, T>> missing) {
            return new Missing(missing.reason());
        }
        if (measured instanceof Measured.Unanswerable<SortedMap<String, T>> unanswerable) {
            return new Unanswerable(unanswerable.reason());
        }
        SortedMap<String, T> values = ((Measured.Found<SortedMap<String, T>>) measured).value();
        Measure measure = scope.measure();
        List<Item> items = new ArrayList<>();
        int few = 0;
        int without = 0;
        int most = 0;
        for (Map.Entry<String, T> entry : values.entrySet()) {
            int n = images.applyAsInt(entry.getValue());
            most = Math.max(most, n);
            if (measure.isNoisy() && n < scope.minimum()) {
                few++;
                continue;
            }
            String of = entry.getKey();
            Part<T> part = scope.eachClass()
                    ? new Part<>(text + " / " + of, measure.name() + " of " + Printable.of(of), of, entry.getValue())
                    : new Part<>(text, measure.name(), "", entry.getValue());
            Item item = making.of(part, measure);
            if (item == null) {
                without++;
            } else {
                items.add(item);
            }
        }
        if (items.isEmpty()) {
            return new Missing(nothing(scope, few, without, most));
        }
        return new Items(items, scope.eachClass() ? Things.CLASSES : Things.FIGURE, false, remark(scope, few, without));
    }

    private static String nothing(Scope scope, int few, int without, int most) {
        if (few > 0) {
            return (scope.eachClass() ? "no class has more than " : "there are ") + Wording.images(most) + ", "
                    + scope.minimum() + (scope.minimum() == 1 ? " is" : " are") + " needed";
        }
        return without > 0 ? "the figure has no value or no interval" : "no class has images";
    }

    private static String remark(Scope scope, int few, int without) {
        String left = few == 0
                ? ""
                : Wording.count(few, "class has", "classes have") + " fewer than " + Wording.images(scope.minimum())
                        + " and " + (few == 1 ? "was" : "were") + " left out.";
        String none = without == 0
                ? ""
                : Wording.count(without, "class has", "classes have") + " no such figure, or no interval for it.";
        return (left + " " + none).strip();
    }

    private Examination drift(Rule.NoDrift rule) {
        Measured<List<DriftTest>> measured = measurements.drift(rule.measure().name());
        if (measured instanceof Measured.NotApplicable<List<DriftTest>> missing) {
            return new Missing(missing.reason());
        }
        List<DriftTest> tests = ((Measured.Found<List<DriftTest>>) measured).value();
        List<Item> items = tests.stream()
                .filter(test -> test.n() >= rule.minimum() && !Double.isNaN(test.p()))
                .map(test -> new Item(
                        rule.text() + " / " + test.measure() + " / " + test.subject(),
                        test.p(),
                        test.leastP(),
                        true,
                        Printable.of(test.subject()) + " (" + test.measure() + "): " + test.unit() + " "
                                + Wording.plain(test.effect()) + ", " + Wording.images(test.n()),
                        "changed",
                        test.effect(),
                        Double.NaN,
                        Double.NaN,
                        0,
                        level -> critical(test, level)))
                .toList();
        int most = tests.stream().mapToInt(DriftTest::n).max().orElse(0);
        return items.isEmpty()
                ? new Missing("there are " + Wording.images(most) + ", " + rule.minimum() + " are needed")
                : new Items(items, Things.TESTS, false, "");
    }

    private static Optional<Critical> critical(DriftTest test, double level) {
        double size = test.critical().at(level, 1);
        if (Double.isNaN(size)) {
            return Optional.empty();
        }
        return Optional.of(
                Double.isInfinite(size)
                        ? Critical.NOTHING
                        : new Critical(size, "from a " + test.unit() + " of ±" + Wording.plain(size) + " on"));
    }

    private Examination findings(Rule.NoFindings rule) {
        Measured<List<NightFinding>> measured = measurements.findings(rule.onlyNew());
        if (measured instanceof Measured.NotApplicable<List<NightFinding>> missing) {
            return new Missing(missing.reason());
        }
        if (measured instanceof Measured.Unanswerable<List<NightFinding>> unanswerable) {
            return new Unanswerable(unanswerable.reason());
        }
        List<Item> items = ((Measured.Found<List<NightFinding>>) measured)
                .value().stream()
                        .filter(found -> found.isNew() || !rule.onlyNew())
                        .filter(found -> rule.conditions().stream().allMatch(c -> c.holds(found.finding())))
                        .map(Examiner::item)
                        .toList();
        return new Items(items, Things.FINDINGS, true, "");
    }

    private static Item item(NightFinding found) {
        Finding finding = found.finding();
        return new Item(
                finding.id(),
                found.p().orElse(NO_CHANCE),
                0,
                true,
                Printable.of(finding.id()) + " (" + finding.severity().text() + "): "
                        + Printable.of(finding.text()).replaceAll("\\.$", ""),
                "",
                Double.NaN,
                Double.NaN,
                Double.NaN,
                0,
                LeastFailure.UNKNOWN);
    }
}
