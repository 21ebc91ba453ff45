package org.gazecheck.report;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.report.page.Page.Tick;

/** A vertical axis, y 12..192 of a drawing, with ticks at round values that enclose what is drawn. */
record Axis(double low, double high, double step) {
    private static final double TOP = 12;
    private static final double HEIGHT = 180;

    static Axis over(double low, double high) {
        double span = Math.max(high - low, 1e-6 * Math.max(1, Math.abs(high)));
        double magnitude = Math.pow(10, Math.floor(Math.log10(span / 4)));
        double step = magnitude;
        for (double factor : new double[] {2, 5, 10}) {
            step = span / step > 5 ? factor * magnitude : step;
        }
        return new Axis(step * Math.floor(low / step), step * Math.ceil(high / step + 1e-9), step);
    }

    double y(double value) {
        return TOP + HEIGHT * (high - value) / (high - low);
    }

    List<Tick> ticks() {
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        List<Tick> ticks = new ArrayList<>();
        for (long i = 0; i <= Math.round((high - low) / step); i++) {
            double value = low + i * step;
            ticks.add(new Tick(Numbers.coordinate(y(value)), Numbers.fixed(value, decimals)));
        }
        return ticks;
    }
}
