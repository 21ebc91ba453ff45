package org.gazecheck.gate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.gate.Examination.Critical;
import org.gazecheck.gate.Examination.Item;
import org.gazecheck.gate.Seen.OfComparison;
import org.gazecheck.metric.Metric.Better;
import org.gazecheck.metric.Metric.Nature;
import org.gazecheck.results.Figure;

/** Holds a figure to that of the baseline. */
final class ComparisonItem {
    private ComparisonItem() {}

    /** Empty where the comparison has no effect or no interval to go by. */
    static Optional<Item> of(OfComparison seen) {
        Rule.AgainstBaseline rule = seen.rule();
        BaselineComparison comparison = seen.comparison();
        BaselineComparison.Effect effect = comparison.effect();
        Figure difference = new Figure(effect.size(), effect.low(), effect.high(), comparison.n());
        OptionalDouble p = p(rule, comparison.p(), difference);
        if (Double.isNaN(effect.size()) || Double.isNaN(comparison.p()) || p.isEmpty()) {
            return Optional.empty();
        }
        boolean wrongWay =
                rule.anyDifference() || effect.size() < 0 == (seen.id().metric().better() == Better.HIGHER);
        return Optional.of(new Item(
                seen,
                wrongWay ? p : OptionalDouble.of(1),
                comparison.leastP(),
                effect.size() != 0 && wrongWay && Math.abs(effect.size()) > rule.margin(),
                difference,
                (int) Math.signum(effect.size()),
                level -> critical(seen, level)));
    }

    /** That of the comparison; with a margin, also that of a difference no larger than the margin. */
    private static OptionalDouble p(Rule.AgainstBaseline rule, double p, Figure difference) {
        if (rule.margin() == 0) {
            return OptionalDouble.of(p);
        }
        double margin = Math.signum(difference.value()) * rule.margin();
        OptionalDouble outside = OneSidedP.of(Nature.ESTIMATE, difference, margin, difference.value() < 0);
        return outside.isEmpty() ? outside : OptionalDouble.of(Math.max(p, Math.min(1, 2 * outside.getAsDouble())));
    }

    private static Optional<Critical> critical(OfComparison seen, double level) {
        if (seen.rule().margin() > 0) {
            return Optional.empty();
        }
        BaselineComparison comparison = seen.comparison();
        List<Integer> signs = seen.rule().anyDifference()
                ? List.of(-1, 1)
                : List.of(seen.id().metric().better() == Better.LOWER ? 1 : -1);
        List<Double> sizes = signs.stream()
                .map(sign -> comparison.critical().at(level, sign))
                .map(size -> comparison.effect().ranked()
                                || seen.id().metric().unit().holds(comparison.before() + size)
                        ? size
                        : size * Double.POSITIVE_INFINITY)
                .toList();
        if (sizes.stream().anyMatch(size -> Double.isNaN(size))) {
            return Optional.empty();
        }
        List<Double> possible =
                sizes.stream().filter(size -> !Double.isInfinite(size)).toList();
        return Optional.of(
                possible.isEmpty()
                        ? Critical.nothing(seen)
                        : new Critical(
                                seen,
                                possible.stream().mapToDouble(Math::abs).min().orElseThrow(),
                                possible));
    }
}
