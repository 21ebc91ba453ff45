package org.gazecheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.gazecheck.report.page.Page.Bar;
import org.gazecheck.report.page.Page.Dot;
import org.gazecheck.report.page.Page.LineChart;
import org.gazecheck.report.page.Page.Reliability;
import org.gazecheck.report.page.Page.Series;
import org.gazecheck.report.page.Page.Tick;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.Epoch;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.results.SplitMetrics.ReliabilityBin;
import org.jspecify.annotations.Nullable;

/**
 * Coordinates of the page's drawings. Line charts fill x 48..548 and y 12..192 of a 560 by 220 drawing; reliability
 * diagrams x 48..348 and y 12..312 (accuracy), 332..392 (counts) of a 360 by 412 drawing, both with y downwards.
 */
final class Charts {
    private static final double LEFT = 48;
    private static final double TOP = 12;
    private static final double WIDTH = 500;
    private static final double SIDE = 300;
    private static final double COUNTS_BOTTOM = 392;
    private static final double COUNTS_HEIGHT = 60;

    private Charts() {}

    /** Loss and accuracy over the epochs; none without epochs. */
    static List<LineChart> curves(List<Epoch> epochs) {
        if (epochs.isEmpty()) {
            return List.of();
        }
        return List.of(
                chart(
                        "Loss",
                        epochs,
                        1,
                        "",
                        List.of(
                                new Line("train (smoothed labels)", "train", Epoch::trainLoss),
                                new Line("val", "val", Epoch::valLoss))),
                chart(
                        "Top-1 accuracy on val, %",
                        epochs, 100, Numbers.PERCENT, List.of(new Line("val", "val", Epoch::valTop1))));
    }

    private record Line(String name, String style, ToDoubleFunction<Epoch> value) {}

    private static LineChart chart(String title, List<Epoch> epochs, double unit, String sign, List<Line> lines) {
        double[] all = lines.stream()
                .flatMapToDouble(line -> epochs.stream().mapToDouble(line.value()))
                .filter(Double::isFinite)
                .map(v -> unit * v)
                .sorted()
                .toArray();
        Axis axis = all.length == 0 ? Axis.over(0, 1) : Axis.over(all[0], all[all.length - 1]);
        List<Series> series = lines.stream()
                .map(line -> series(line, epochs, unit, sign, axis))
                .toList();
        Epoch last = epochs.get(epochs.size() - 1);
        String best = null;
        for (int i = 0; i < epochs.size(); i++) {
            best = epochs.get(i).best() ? Numbers.coordinate(x(i, epochs.size())) : best;
        }
        return new LineChart(
                title,
                epochTicks(epochs),
                axis.ticks(),
                series,
                best,
                title + " over " + epochs.size() + " epochs, at the end "
                        + Numbers.plain(
                                unit * lines.get(lines.size() - 1).value().applyAsDouble(last)));
    }

    private static Series series(Line line, List<Epoch> epochs, double unit, String sign, Axis axis) {
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < epochs.size(); i++) {
            double value = unit * line.value().applyAsDouble(epochs.get(i));
            if (Double.isFinite(value)) {
                dots.add(new Dot(
                        Numbers.coordinate(x(i, epochs.size())),
                        Numbers.coordinate(axis.y(value)),
                        line.name() + ", epoch " + epochs.get(i).epoch() + ": " + Numbers.plain(value) + sign));
            }
        }
        String points = String.join(
                " ", dots.stream().map(dot -> dot.x() + "," + dot.y()).toList());
        return new Series(line.name(), line.style(), points, dots);
    }

    private static double x(int index, int n) {
        return n == 1 ? LEFT + WIDTH / 2 : LEFT + WIDTH * index / (n - 1);
    }

    private static List<Tick> epochTicks(List<Epoch> epochs) {
        int step = (epochs.size() + 9) / 10;
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < epochs.size(); i += step) {
            ticks.add(new Tick(
                    Numbers.coordinate(x(i, epochs.size())),
                    Integer.toString(epochs.get(i).epoch())));
        }
        return ticks;
    }

    /** The reliability diagram of one split. */
    static Reliability reliability(String split, SplitMetrics metrics, @Nullable Calibration calibration) {
        int most =
                metrics.reliability().stream().mapToInt(ReliabilityBin::n).max().orElse(0);
        List<Bar> bars = metrics.reliability().stream()
                .filter(bin -> bin.n() > 0)
                .map(bin -> bar(bin, most))
                .toList();
        String caption = "Expected calibration error "
                + Numbers.percent(metrics.ece().value()) + " (" + Numbers.percentInterval(metrics.ece()) + ")";
        if (metrics.uncalibrated() != null) {
            caption += "; " + Numbers.percent(metrics.uncalibrated().ece().value())
                    + " before the logits were divided by the temperature " + Numbers.fixed(metrics.temperature(), 3)
                    + (calibration == null || calibration.on() == null
                            ? ""
                            : ", which fits " + calibration.on() + " best");
        }
        if (calibration != null && calibration.refusal() != null) {
            caption += "; the temperature that fits " + calibration.images() + " best, "
                    + Numbers.fixed(calibration.fitted(), 3) + ", is not used: " + calibration.refusal();
        }
        return new Reliability(
                split, caption + ".", bars, "Accuracy over confidence on " + split + ", in " + bars.size() + " bins");
    }

    private static Bar bar(ReliabilityBin bin, int most) {
        double height = SIDE * bin.accuracy();
        double count = Math.max(1, COUNTS_HEIGHT * bin.n() / most);
        return new Bar(
                Numbers.coordinate(LEFT + SIDE * bin.low() + 0.5),
                Numbers.coordinate(SIDE * (bin.high() - bin.low()) - 1),
                Numbers.coordinate(TOP + SIDE - height),
                Numbers.coordinate(height),
                Numbers.coordinate(TOP + SIDE * (1 - bin.confidence())),
                Numbers.coordinate(COUNTS_BOTTOM - count),
                Numbers.coordinate(count),
                Numbers.percentInterval(bin.low(), bin.high()) + Numbers.PERCENT,
                Numbers.count(bin.n()),
                Numbers.percent(bin.confidence()),
                Numbers.percent(bin.accuracy()));
    }
}
