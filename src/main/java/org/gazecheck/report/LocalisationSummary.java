package org.gazecheck.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.gazecheck.report.page.Page.Looks;
import org.gazecheck.report.page.Page.Measure;
import org.gazecheck.report.page.Page.Range;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;

/** Where the heatmaps of the predicted class lie on one split, correct against incorrect predictions. */
final class LocalisationSummary {
    private final List<Localisation> correct = new ArrayList<>();
    private final List<Localisation> incorrect = new ArrayList<>();
    private final Split split;

    private LocalisationSummary(Split split) {
        this.split = split;
    }

    /** Empty when the split has no line of localisation. */
    static Optional<LocalisationSummary> of(
            List<Localisation> localisation, List<Prediction> predictions, Split split) {
        Map<String, Boolean> outcome = new HashMap<>();
        predictions.stream().filter(Prediction::labelled).forEach(p -> outcome.put(p.path(), p.correct()));
        LocalisationSummary summary = new LocalisationSummary(split);
        for (Localisation a : localisation) {
            Boolean right = outcome.get(a.path());
            if (a.split() == split && a.target() == MapTarget.PREDICTED && right != null) {
                (right ? summary.correct : summary.incorrect).add(a);
            }
        }
        return Optional.of(summary).filter(of -> !of.correct.isEmpty() || !of.incorrect.isEmpty());
    }

    /** Mean share of energy inside the mask over all predictions; NaN without masks. */
    Mean massAccuracy() {
        return all(Localisation::massAccuracy);
    }

    /** Mean share of the image that the mask covers, over all predictions; NaN without masks. */
    Mean maskArea() {
        return all(Localisation::maskArea);
    }

    Looks looks(MaskSource.Origin origin) {
        boolean masks = massAccuracy().n() > 0;
        List<Measure> measures = new ArrayList<>();
        if (masks) {
            measures.add(measure(
                    "Inside the mask", "share of the heatmap's energy on the object", Localisation::massAccuracy));
            measures.add(
                    measure("Area of the mask", "share of the image: what chance would give", Localisation::maskArea));
        }
        measures.add(measure(
                "Near the border", "share of the heatmap's energy in the border band", Localisation::borderMass));
        measures.add(
                measure("Entropy", "0\u00a0% all energy in one cell, 100\u00a0% spread evenly", Localisation::entropy));
        return new Looks(
                split.text(),
                Numbers.count(correct.size()),
                Numbers.count(incorrect.size()),
                measures,
                masks ? null : none(origin) + ", so the share of heatmap energy on the object is not known.");
    }

    /** Why no heatmap was measured against a mask. */
    static String none(MaskSource.Origin origin) {
        return switch (origin) {
            case GIVEN, BOTH -> "None of these images has a mask that marks an object";
            case ESTIMATED -> "No object was separated from the background in any of these images";
            case NONE -> "This run has no masks (data.masks)";
        };
    }

    private Mean all(ToDoubleFunction<Localisation> value) {
        List<Localisation> both = new ArrayList<>(correct);
        both.addAll(incorrect);
        return Mean.of(both, value);
    }

    private Measure measure(String name, String hint, ToDoubleFunction<Localisation> value) {
        Mean right = Mean.of(correct, value);
        Mean wrong = Mean.of(incorrect, value);
        double difference = wrong.mean() - right.mean();
        double half = 1.96 * Math.hypot(right.error(), wrong.error());
        return new Measure(
                name,
                hint,
                range(right),
                range(wrong),
                Numbers.signed(100 * difference, 1),
                Numbers.signedInterval(100 * (difference - half), 100 * (difference + half), 1));
    }

    private static Range range(Mean mean) {
        double low = Math.max(0, mean.low());
        double high = Math.min(1, mean.high());
        boolean drawn = Double.isFinite(low) && Double.isFinite(high);
        return new Range(
                Numbers.percent(mean.mean()),
                Numbers.percentInterval(low, high),
                Double.isFinite(mean.mean()) ? Numbers.coordinate(100 * mean.mean()) : null,
                drawn ? Numbers.coordinate(100 * low) : null,
                drawn ? Numbers.coordinate(100 * (high - low)) : null);
    }

    /**
     * A mean with its standard error {@code s / sqrt(n)}; the interval is the normal approximation's.
     *
     * @param n finite values behind it
     */
    record Mean(double mean, double error, int n) {
        static Mean of(List<Localisation> rows, ToDoubleFunction<Localisation> value) {
            double[] x =
                    rows.stream().mapToDouble(value).filter(Double::isFinite).toArray();
            double sum = 0;
            for (double v : x) {
                sum += v;
            }
            double mean = sum / x.length;
            double squares = 0;
            for (double v : x) {
                squares += (v - mean) * (v - mean);
            }
            double error = x.length < 2 ? Double.NaN : Math.sqrt(squares / (x.length - 1) / x.length);
            return new Mean(mean, error, x.length);
        }

        double low() {
            return mean - 1.96 * error;
        }

        double high() {
            return mean + 1.96 * error;
        }
    }
}
