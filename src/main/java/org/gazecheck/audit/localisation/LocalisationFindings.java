package org.gazecheck.audit.localisation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.BenjaminiHochberg;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.DetectableEffect;
import org.gazecheck.stats.GroupsAgainstOthers;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Purpose.Subject;
import org.gazecheck.stats.Randomness;

/**
 * What the localisation of a run shows of each class against the others, on test (on val where there is no test).
 * Energy on the object grows with the object, so images are compared with those of other classes whose object is
 * as large: in fifths by its share of the area, which removes nine tenths of such a bias (Cochran 1968). Differences of
 * means with bootstrap intervals and permutation tests towards the worse, corrected for the number of tests (Benjamini and
 * Hochberg 1995). Every test is kept. That heat lies elsewhere accuses no class: masks may hold one of several objects.
 */
final class LocalisationFindings {
    private static final int SHUFFLES = 9999;
    private static final int RESAMPLES = 1000;
    private static final int SMALLEST_GROUP = 5;
    private static final int SIZES = 5;
    private static final double SIGNIFICANT = 0.05;
    private static final int EVIDENCE = 12;
    private static final Measure INSIDE =
            new Measure(Subject.MASS_ACCURACY, "on the object", Localisation::massAccuracy, false);
    private static final Measure BORDER =
            new Measure(Subject.BORDER_MASS, "near the border", Localisation::borderMass, true);

    private final Map<String, String> labels;
    private final List<Localisation> rows;
    private final Split split;
    private final boolean masks;
    private final boolean estimated;
    private final Randomness randomness;

    /** A measure that findings compare. */
    private record Measure(Subject subject, String name, ToDoubleFunction<Localisation> value, boolean moreIsWorse) {}

    /**
     * One class against the others.
     *
     * @param group its number among those that are compared
     * @param others images of other classes that it is compared with
     */
    private record Test(String subject, int group, List<Localisation> members, int others, double p) {}

    /** @param estimated whether masks, if there are any, are estimates */
    LocalisationFindings(
            List<Prediction> predictions, List<Localisation> localisation, boolean estimated, Randomness randomness) {
        this.labels =
                predictions.stream().collect(Collectors.toMap(Prediction::path, Prediction::label, (one, same) -> one));
        this.split = predictions.stream().anyMatch(p -> p.split() == Split.TEST) ? Split.TEST : Split.VAL;
        List<Localisation> all = localisation.stream()
                .filter(a -> a.split() == split && a.target() == MapTarget.PREDICTED && !Double.isNaN(a.borderMass()))
                .toList();
        this.masks = all.stream().anyMatch(a -> !Double.isNaN(a.massAccuracy()));
        this.rows = all.stream()
                .filter(a -> !masks || !Double.isNaN(a.massAccuracy()))
                .toList();
        this.estimated = masks && estimated;
        this.randomness = randomness;
    }

    Findings all() {
        Measure measure = masks ? INSIDE : BORDER;
        double[] values = rows.stream().mapToDouble(measure.value).toArray();
        List<String> subjects =
                List.copyOf(new TreeSet<>(rows.stream().map(this::label).toList()));
        GroupsAgainstOthers groups = new GroupsAgainstOthers(numbers(subjects), sizes(), values);
        List<Test> tests = tests(measure, subjects, groups);
        Interval[] intervals = groups.differenceIntervals(
                new Bootstrap(RESAMPLES, randomness, Purpose.CLASS_LOCALISATION.about(measure.subject)));
        double[] q =
                BenjaminiHochberg.correct(tests.stream().mapToDouble(Test::p).toArray());
        double critical = DetectableEffect.critical(2 * SIGNIFICANT / Math.max(1, q.length));
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tested = new ArrayList<>();
        for (int i = 0; i < q.length; i++) {
            Test test = tests.get(i);
            Finding finding = finding(test, measure, groups.difference(test.group), intervals[test.group], q[i]);
            if (q[i] < SIGNIFICANT && finding.effect() > 0 == measure.moreIsWorse) {
                findings.add(finding);
            }
            tested.add(new TestedEffect(
                    finding.kind(),
                    test.subject,
                    "energy " + measure.name,
                    finding.effect(),
                    finding.low(),
                    finding.high(),
                    test.p,
                    q[i],
                    finding.n(),
                    DetectableEffect.of(groups.spread(test.group), critical)));
        }
        findings.sort(Comparator.comparing(Finding::severity).reversed().thenComparing(f -> -Math.abs(f.effect())));
        return new Findings(findings, tested);
    }

    private List<Test> tests(Measure measure, List<String> subjects, GroupsAgainstOthers groups) {
        List<Test> tests = new ArrayList<>();
        for (int group = 0; group < subjects.size(); group++) {
            int others = groups.others(group);
            if (groups.compared(group) >= SMALLEST_GROUP && others >= SMALLEST_GROUP) {
                String subject = subjects.get(group);
                double p = groups.permutationP(
                        group,
                        measure.moreIsWorse ? 1 : -1,
                        SHUFFLES,
                        randomness.of(Purpose.CLASS_LOCALISATION_TEST.stream(), 0, measure.subject.id(), subject));
                List<Localisation> members =
                        IntStream.of(groups.members(group)).mapToObj(rows::get).toList();
                tests.add(new Test(subject, group, members, others, p));
            }
        }
        return tests;
    }

    /** [images] the place of each one's class among all. */
    private int[] numbers(List<String> subjects) {
        Map<String, Integer> numbers = new HashMap<>();
        subjects.forEach(subject -> numbers.put(subject, numbers.size()));
        return rows.stream()
                .mapToInt(row -> Objects.requireNonNull(numbers.get(label(row))))
                .toArray();
    }

    /** The fifth by size of the object that each image is in; without masks all are in one. */
    private int[] sizes() {
        int[] sizes = new int[rows.size()];
        if (masks) {
            double[] sorted =
                    rows.stream().mapToDouble(Localisation::maskArea).sorted().toArray();
            for (int i = 0; i < sizes.length; i++) {
                double area = rows.get(i).maskArea();
                sizes[i] = (int) IntStream.range(1, SIZES)
                        .filter(k -> sorted[k * sorted.length / SIZES] <= area)
                        .count();
            }
        }
        return sizes;
    }

    private Finding finding(Test test, Measure measure, double difference, Interval interval, double q) {
        int others = test.others;
        String text = String.format(
                Locale.ROOT,
                "Heatmaps of %s have %.1f %% of their energy %s, %.1f percentage points %s than those of other"
                        + " classes%s (%s, %d and %d images%s).",
                test.subject,
                100 * test.members.stream().mapToDouble(measure.value).average().orElseThrow(),
                measure.name,
                100 * Math.abs(difference),
                difference < 0 ? "fewer" : "more",
                masks ? " whose object is as large" : "",
                split.text(),
                test.members.size(),
                others,
                estimated ? "; masks are estimates" : "");
        return new Finding(
                FindingKind.LOCALISATION_OF_CLASS,
                test.subject,
                new Statement(
                        FindingKind.LOCALISATION_OF_CLASS.severity(Math.abs(difference)),
                        text,
                        difference,
                        interval.low(),
                        interval.high(),
                        OptionalDouble.of(test.p),
                        OptionalDouble.of(q),
                        test.members.size() + others,
                        evidence(test, measure),
                        advice()));
    }

    private String advice() {
        String look = FindingKind.LOCALISATION_OF_CLASS.advice();
        return estimated ? look + " See first whether the estimated masks hold the object." : look;
    }

    private static List<String> evidence(Test test, Measure measure) {
        double sign = measure.moreIsWorse ? -1 : 1;
        return test.members.stream()
                .sorted(Comparator.comparingDouble(a -> sign * measure.value.applyAsDouble(a)))
                .limit(EVIDENCE)
                .map(Localisation::path)
                .toList();
    }

    private String label(Localisation a) {
        return Objects.requireNonNull(labels.get(a.path()), a.path());
    }
}
