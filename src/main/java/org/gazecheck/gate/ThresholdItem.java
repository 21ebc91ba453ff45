package org.gazecheck.gate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.gate.Examination.Critical;
import org.gazecheck.gate.Examination.Item;
import org.gazecheck.gate.Examination.LeastFailure;
import org.gazecheck.gate.Rule.Operator;
import org.gazecheck.gate.Seen.OfFigure;
import org.gazecheck.metric.Metric.Nature;
import org.gazecheck.results.Figure;

/** Holds a figure to a number. */
final class ThresholdItem {
    private ThresholdItem() {}

    /** Empty where the figure does not exist or has no interval to go by. */
    static Optional<Item> of(OfFigure seen) {
        Rule.Threshold rule = seen.rule();
        Figure figure = seen.figure();
        Nature nature = seen.id().metric().nature();
        boolean below = rule.operator().boundsBelow();
        boolean exact = rule.exactly();
        OptionalDouble p = exact ? OptionalDouble.empty() : OneSidedP.of(nature, figure, rule.value(), below);
        if (Double.isNaN(figure.value()) || !exact && p.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Item(
                seen,
                p,
                exact ? 0 : OneSidedP.least(nature, figure.n(), rule.value(), below),
                !rule.operator().holds(figure.value(), rule.value()),
                figure,
                below ? -1 : rule.operator() == Operator.EQUAL ? 0 : 1,
                exact ? LeastFailure.UNKNOWN : level -> critical(seen, level)));
    }

    private static Optional<Critical> critical(OfFigure seen, double level) {
        Rule.Threshold rule = seen.rule();
        Nature nature = seen.id().metric().nature();
        OptionalDouble least = OneSidedP.critical(
                nature, seen.figure(), rule.value(), rule.operator().boundsBelow(), level);
        if (least.isEmpty()) {
            return nature == Nature.SHARE ? Optional.of(Critical.nothing(seen)) : Optional.empty();
        }
        double value = least.getAsDouble();
        return seen.id().metric().unit().holds(value)
                ? Optional.of(new Critical(seen, Math.abs(value - rule.value()), List.of(value)))
                : Optional.empty();
    }
}
