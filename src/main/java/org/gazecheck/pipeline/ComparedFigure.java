package org.gazecheck.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.results.SplitMetrics.ClassMetrics;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a recorded run and of its reproduction.
 *
 * @param recorded NaN where the figure does not exist
 * @param tolerance largest difference that is taken for the same; 0: equal bit for bit
 */
public record ComparedFigure(String name, double recorded, double here, double tolerance) {
    public boolean within() {
        return Double.compare(recorded, here) == 0 || Math.abs(recorded - here) <= tolerance;
    }

    /** Figures of a split as a list; two splits of the same classes give lists of the same length. */
    private record Value(String name, double value, double tolerance) {}

    static List<ComparedFigure> all(Metrics recorded, Metrics here, boolean exact) {
        List<ComparedFigure> figures = new ArrayList<>();
        add(figures, "val", recorded.val(), here.val(), exact);
        add(figures, "test", recorded.test(), here.test(), exact);
        return figures;
    }

    private static void add(
            List<ComparedFigure> to,
            String split,
            @Nullable SplitMetrics recorded,
            @Nullable SplitMetrics here,
            boolean exact) {
        if (recorded == null && here == null) {
            return;
        }
        if (recorded == null || here == null) {
            to.add(new ComparedFigure(split + " present", recorded == null ? 0 : 1, here == null ? 0 : 1, 0));
            return;
        }
        List<Value> then = values(recorded);
        List<Value> now = values(here);
        to.add(new ComparedFigure(split + " figures", then.size(), now.size(), 0));
        for (int i = 0; i < Math.min(then.size(), now.size()); i++) {
            Value value = then.get(i);
            to.add(new ComparedFigure(
                    split + " " + value.name, value.value, now.get(i).value, exact ? 0 : value.tolerance));
        }
    }

    private static List<Value> values(SplitMetrics split) {
        List<Value> values = new ArrayList<>(List.of(
                new Value("top1", split.top1().value(), 0.005),
                new Value("top5", split.top5().value(), 0.005),
                new Value("balancedAccuracy", split.balancedAccuracy().value(), 0.01),
                new Value("macroF1", split.macroF1().value(), 0.01),
                new Value("logLoss", split.logLoss().value(), 0.05),
                new Value("ece", split.ece().value(), 0.02),
                new Value("temperature", split.temperature(), 0.1)));
        if (split.uncalibrated() != null) {
            values.add(new Value(
                    "uncalibrated logLoss", split.uncalibrated().logLoss().value(), 0.05));
            values.add(new Value("uncalibrated ece", split.uncalibrated().ece().value(), 0.02));
        }
        for (ClassMetrics each : split.classes()) {
            values.add(new Value("recall of " + each.name(), each.recall().value(), Double.POSITIVE_INFINITY));
            values.add(new Value("precision of " + each.name(), each.precision().value(), Double.POSITIVE_INFINITY));
        }
        return values;
    }
}
