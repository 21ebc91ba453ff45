package org.gazecheck.report;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.report.page.Page.Cascade;
import org.gazecheck.report.page.Page.Dot;
import org.gazecheck.report.page.Page.LineChart;
import org.gazecheck.report.page.Page.Series;
import org.gazecheck.report.page.Page.Tick;
import org.gazecheck.results.Figure;
import org.gazecheck.results.HeatmapQuality;
import org.gazecheck.results.HeatmapQuality.Method;
import org.gazecheck.results.HeatmapQuality.Similarity;

/**
 * The randomisation cascade of one method: x is the step, y the rank correlation, in the frame of {@link Charts}' line
 * charts. The first point is the trained network itself, 1 by definition.
 */
final class CascadeChart {
    private static final double LEFT = 48;
    private static final double RIGHT = 548;
    private static final double TOP = 12;
    private static final double BOTTOM = 192;
    private static final double TICK = 0.5;

    private final List<Similarity> steps;
    private final double lowest;

    private CascadeChart(List<Similarity> steps) {
        this.steps = steps;
        double least = steps.stream()
                .mapToDouble(s -> s.rankCorrelation().low())
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        this.lowest = Math.min(0, TICK * Math.floor(least / TICK));
    }

    /** Of a method whose cascade has a step. */
    static Cascade of(Method method) {
        return new CascadeChart(method.randomisation()).cascade(method.name());
    }

    private Cascade cascade(String method) {
        List<Tick> x = new ArrayList<>();
        List<Dot> dots = new ArrayList<>();
        List<String> upper = new ArrayList<>();
        List<String> lower = new ArrayList<>();
        x.add(new Tick(x(0), "trained"));
        dots.add(new Dot(x(0), y(1), "trained: 1"));
        upper.add(x(0) + "," + y(1));
        for (int i = 0; i < steps.size(); i++) {
            Similarity step = steps.get(i);
            Figure rank = step.rankCorrelation();
            x.add(new Tick(x(i + 1), step.name()));
            if (Double.isFinite(rank.value())) {
                dots.add(new Dot(
                        x(i + 1),
                        y(rank.value()),
                        step.name() + ": " + Numbers.fixed(rank.value(), 2) + " ("
                                + Numbers.signedInterval(rank.low(), rank.high(), 2) + ")"));
                upper.add(x(i + 1) + "," + y(Double.isFinite(rank.high()) ? rank.high() : rank.value()));
                lower.add(0, x(i + 1) + "," + y(Double.isFinite(rank.low()) ? rank.low() : rank.value()));
            }
        }
        upper.addAll(lower);
        Series line = new Series(
                method,
                "val",
                String.join(" ", dots.stream().map(d -> d.x() + "," + d.y()).toList()),
                dots);
        Figure last = steps.get(steps.size() - 1).rankCorrelation();
        String description =
                "Rank correlation of " + method + "'s maps with the trained network's as weights are redrawn"
                        + " from the head down: "
                        + Numbers.fixed(steps.get(0).rankCorrelation().value(), 2)
                        + " with the head random, " + Numbers.fixed(last.value(), 2) + " with all weights random";
        LineChart chart = new LineChart(method, x, ticks(), List.of(line), null, description);
        return new Cascade(chart, String.join(" ", upper), y(HeatmapQuality.SURVIVES));
    }

    private List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        for (double value = lowest; value <= 1; value += TICK) {
            ticks.add(new Tick(y(value), Numbers.fixed(value, 1)));
        }
        return ticks;
    }

    private String x(int step) {
        return Numbers.coordinate(LEFT + (RIGHT - LEFT) * step / steps.size());
    }

    private String y(double value) {
        return Numbers.coordinate(TOP + (BOTTOM - TOP) * (1 - value) / (1 - lowest));
    }
}
