package org.gazecheck.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.gazecheck.results.Figure;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.results.SplitMetrics.ClassMetrics;
import org.gazecheck.results.SplitMetrics.Confusion;
import org.gazecheck.results.SplitMetrics.Uncalibrated;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Wilson;

/**
 * The figures of a split. Proportions of images have Wilson intervals, the rest bootstrap intervals: images are resampled
 * within their class, those of classes with fewer than {@value #FEW} together, because resampling within a class of n
 * images underestimates the variance by one n-th, all of it for a single image. Balanced accuracy has Wilson's interval
 * instead, and the arms of macro F1's are no narrower, because resampling has no width where all predictions are right.
 * Calibration error is above 0 by chance alone: its interval reaches down by as much as a calibrated network with these
 * confidences would show (97.5 % of draws; consistency resampling, Bröcker and Smith 2007). Balanced accuracy and macro
 * F1 are means over the classes that have images in the split.
 */
public final class MetricsCalculator {
    private static final int TOP = 5;
    private static final int FEW = 10;

    private MetricsCalculator() {}

    /**
     * Measures a split.
     *
     * @param labels [images] true classes
     * @param classes names, as many as columns
     * @param temperature that was fitted on val, if any; probabilities are taken after it
     * @throws IllegalArgumentException without images, or when the shapes disagree
     */
    public static SplitMetrics of(
            Logits logits, int[] labels, List<String> classes, OptionalDouble temperature, Bootstrap bootstrap) {
        if (labels.length == 0 || labels.length != logits.images() || classes.size() != logits.classes()) {
            throw new IllegalArgumentException(labels.length + " labels and " + classes.size() + " classes for scores ["
                    + logits.images() + ", " + logits.classes() + "]");
        }
        Answers answers = Answers.of(logits, labels, temperature.orElse(1));
        Answers raw = temperature.isPresent() ? Answers.of(logits, labels, 1) : answers;
        return of(answers, raw, classes, temperature, bootstrap);
    }

    /**
     * As {@link #of(Logits, int[], List, OptionalDouble, Bootstrap)}.
     *
     * @param answers after the temperature, if any
     * @param raw before it
     */
    static SplitMetrics of(
            Answers answers, Answers raw, List<String> classes, OptionalDouble temperature, Bootstrap bootstrap) {
        int[] labels = answers.labels();
        int[] once = new int[labels.length];
        Arrays.fill(once, 1);
        Counts counts = Counts.of(answers, once);
        Figure[] figures = resampled(answers, raw, counts.balancedAccuracyInterval(), bootstrap);
        return new SplitMetrics(
                proportion(answers.within(1), labels.length),
                proportion(answers.within(TOP), labels.length),
                figures[0],
                figures[1],
                figures[2],
                figures[3],
                temperature.orElse(1),
                temperature.isPresent() ? new Uncalibrated(figures[4], figures[5]) : null,
                classes(counts, classes),
                confusions(answers, classes),
                Reliability.of(answers, once).bins());
    }

    private static Figure[] resampled(Answers answers, Answers raw, Interval balancedAccuracy, Bootstrap bootstrap) {
        Bootstrap.Figures compute = (times, out) -> {
            Counts counts = Counts.of(answers, times);
            out[0] = counts.balancedAccuracy();
            out[1] = counts.macroF1();
            out[2] = meanLoss(answers, times);
            out[3] = Reliability.of(answers, times).error();
            out[4] = meanLoss(raw, times);
            out[5] = Reliability.of(raw, times).error();
        };
        double[] most = {1, 1, Double.POSITIVE_INFINITY, 1, Double.POSITIVE_INFINITY, 1};
        Bootstrap.Result result = bootstrap.intervals(strata(answers.labels()), most.length, compute);
        Interval[] intervals = result.intervals().clone();
        double[] values = result.values();
        intervals[0] = balancedAccuracy;
        intervals[1] = new Interval(
                Math.min(intervals[1].low(), values[1] - (values[0] - intervals[0].low())),
                Math.max(intervals[1].high(), values[1] + intervals[0].high() - values[0]));
        intervals[3] = calibration(answers, values[3], intervals[3], bootstrap);
        intervals[5] = calibration(raw, values[5], intervals[5], bootstrap);
        Figure[] figures = new Figure[most.length];
        for (int f = 0; f < figures.length; f++) {
            figures[f] = figure(values[f], intervals[f].within(0, most[f]), answers.images());
        }
        return figures;
    }

    private static Interval calibration(Answers answers, double error, Interval resampled, Bootstrap bootstrap) {
        double[] byChance = new double[bootstrap.resamples()];
        for (int r = 0; r < byChance.length; r++) {
            byChance[r] = Reliability.errorIfCalibrated(
                    answers, bootstrap.randomness().of(bootstrap.stream().calibrated(), r));
        }
        Arrays.sort(byChance);
        double most = byChance[(int) Math.ceil(0.975 * byChance.length) - 1];
        return new Interval(error - most, Math.max(error, resampled.high()));
    }

    private static int[] strata(int[] labels) {
        int classes = Arrays.stream(labels).max().orElse(-1) + 1;
        int[] sizes = new int[classes];
        for (int label : labels) {
            sizes[label]++;
        }
        return Arrays.stream(labels)
                .map(label -> sizes[label] < FEW ? classes : label)
                .toArray();
    }

    private static double meanLoss(Answers answers, int[] times) {
        double sum = 0;
        for (int i = 0; i < times.length; i++) {
            sum += times[i] * answers.loss()[i];
        }
        return sum / times.length;
    }

    private static List<ClassMetrics> classes(Counts counts, List<String> names) {
        List<ClassMetrics> classes = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            int support = counts.support()[c];
            int predicted = counts.predicted()[c];
            int correct = counts.correct()[c];
            classes.add(new ClassMetrics(
                    names.get(c),
                    support,
                    predicted,
                    correct,
                    proportion(correct, predicted),
                    proportion(correct, support),
                    counts.f1(c)));
        }
        return classes;
    }

    private static List<Confusion> confusions(Answers answers, List<String> names) {
        int n = names.size();
        int[] pairs = new int[n * n];
        for (int i = 0; i < answers.images(); i++) {
            pairs[answers.labels()[i] * n + answers.predicted()[i]]++;
        }
        List<Confusion> confusions = new ArrayList<>();
        for (int pair = 0; pair < pairs.length; pair++) {
            if (pairs[pair] > 0 && pair / n != pair % n) {
                confusions.add(new Confusion(names.get(pair / n), names.get(pair % n), pairs[pair]));
            }
        }
        confusions.sort(Comparator.comparingInt(Confusion::count).reversed());
        return confusions;
    }

    private static Figure proportion(int successes, int n) {
        return figure((double) successes / n, Wilson.interval(successes, n), n);
    }

    private static Figure figure(double value, Interval interval, int n) {
        return new Figure(value, interval.low(), interval.high(), n);
    }
}
