package org.gazecheck.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.gazecheck.results.Attention;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.AttentionOfClass;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Findings;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.BenjaminiHochberg;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.DetectableEffect;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Randomness;
import org.gazecheck.stats.TwoSamples;

/**
 * What the attention of a run shows of each class against the others, on test (on val where there is no test).
 * Differences of means with bootstrap intervals and permutation tests, corrected for the number of tests (Benjamini and
 * Hochberg 1995). Every test is kept; a finding is what stands out for the worse.
 */
final class AttentionFindings {
    private static final int SHUFFLES = 9999;
    private static final int RESAMPLES = 1000;
    private static final int SMALLEST_GROUP = 5;
    private static final double SIGNIFICANT = 0.05;
    private static final double LARGE = 0.15;
    private static final double MEDIUM = 0.07;
    private static final int EVIDENCE = 12;

    private final Map<String, Prediction> predictions = new HashMap<>();
    private final List<Attention> rows;
    private final Split split;
    private final Randomness randomness;
    private final List<Test> tests = new ArrayList<>();

    /** A measure that findings compare. */
    private record Measure(String id, String name, ToDoubleFunction<Attention> value, boolean moreIsWorse) {}

    private record Test(String subject, Measure measure, List<Attention> group, TwoSamples samples, double p) {}

    AttentionFindings(List<Prediction> predictions, List<Attention> attention, Randomness randomness) {
        predictions.forEach(p -> this.predictions.put(p.path(), p));
        this.split = predictions.stream().anyMatch(p -> p.split() == Split.TEST) ? Split.TEST : Split.VAL;
        this.rows = attention.stream()
                .filter(a -> a.split() == split && a.target() == MapTarget.PREDICTED && !Double.isNaN(a.border()))
                .toList();
        this.randomness = randomness;
    }

    Findings all() {
        boolean masks = rows.stream().anyMatch(a -> !Double.isNaN(a.inside()));
        Measure border = new Measure("border", "near the border", Attention::border, true);
        Measure inside = new Measure("inside", "on the object", Attention::inside, false);
        compareClasses(masks ? inside : border);
        return findings();
    }

    private void compareClasses(Measure measure) {
        Map<String, List<Attention>> byClass = new TreeMap<>();
        rows.forEach(a ->
                byClass.computeIfAbsent(label(a), name -> new ArrayList<>()).add(a));
        byClass.forEach((name, group) -> {
            List<Attention> rest =
                    rows.stream().filter(a -> !label(a).equals(name)).toList();
            compare(name, measure, group, rest);
        });
    }

    private void compare(String subject, Measure measure, List<Attention> group, List<Attention> others) {
        double[] a = values(group, measure);
        double[] b = values(others, measure);
        if (a.length < SMALLEST_GROUP || b.length < SMALLEST_GROUP) {
            return;
        }
        TwoSamples samples = new TwoSamples(a, b);
        double p = samples.permutationP(SHUFFLES, randomness.of("permute attention", 0, measure.id, subject));
        tests.add(new Test(subject, measure, group, samples, p));
    }

    private Findings findings() {
        double[] q =
                BenjaminiHochberg.correct(tests.stream().mapToDouble(Test::p).toArray());
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tested = new ArrayList<>();
        double critical = DetectableEffect.critical(SIGNIFICANT / Math.max(1, q.length));
        for (int i = 0; i < q.length; i++) {
            Test test = tests.get(i);
            TwoSamples samples = test.samples;
            Bootstrap bootstrap =
                    new Bootstrap(RESAMPLES, randomness, "attention of " + test.measure.id + " " + test.subject);
            Interval interval = samples.interval(bootstrap);
            Finding finding = finding(test, interval, q[i]);
            boolean worse = samples.difference() > 0 == test.measure.moreIsWorse;
            if (q[i] < SIGNIFICANT && worse) {
                findings.add(finding);
            }
            tested.add(new TestedEffect(
                    finding.kind(),
                    test.subject,
                    "energy " + test.measure.name,
                    finding.effect(),
                    interval.low(),
                    interval.high(),
                    test.p,
                    q[i],
                    finding.n(),
                    DetectableEffect.of(samples.spread(), critical)));
        }
        findings.sort(Comparator.comparing(Finding::severity).reversed().thenComparing(f -> -Math.abs(f.effect())));
        return new Findings(findings, tested);
    }

    private Finding finding(Test test, Interval interval, double q) {
        TwoSamples samples = test.samples;
        String text = String.format(
                Locale.ROOT,
                "Heatmaps of %s have %.1f %% of their energy %s, those of the other classes %.1f %% (%s, %d and %d images).",
                test.subject,
                100 * samples.meanOfA(),
                test.measure.name,
                100 * samples.meanOfB(),
                split.text(),
                samples.a().length,
                samples.b().length);
        return new AttentionOfClass(
                test.subject,
                new Statement(
                        severity(Math.abs(samples.difference())),
                        text,
                        samples.difference(),
                        interval.low(),
                        interval.high(),
                        OptionalDouble.of(test.p),
                        OptionalDouble.of(q),
                        samples.a().length + samples.b().length,
                        evidence(test),
                        "Look at the photographs below: what do the heatmaps point at instead of the object?"));
    }

    private static Severity severity(double effect) {
        return effect >= LARGE ? Severity.HIGH : effect >= MEDIUM ? Severity.MEDIUM : Severity.LOW;
    }

    private static List<String> evidence(Test test) {
        double sign = test.measure.moreIsWorse ? -1 : 1;
        return test.group.stream()
                .filter(a -> !Double.isNaN(test.measure.value.applyAsDouble(a)))
                .sorted(Comparator.comparingDouble(a -> sign * test.measure.value.applyAsDouble(a)))
                .limit(EVIDENCE)
                .map(Attention::path)
                .toList();
    }

    private static double[] values(List<Attention> rows, Measure measure) {
        return rows.stream()
                .mapToDouble(measure.value)
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    private boolean correct(Attention a) {
        return predictions.get(a.path()).correct();
    }

    private String label(Attention a) {
        return predictions.get(a.path()).label();
    }
}
