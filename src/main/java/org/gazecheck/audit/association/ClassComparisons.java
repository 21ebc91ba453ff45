package org.gazecheck.audit.association;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.BenjaminiHochberg;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.DetectableEffect;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;
import org.gazecheck.stats.RankSum;
import org.gazecheck.stats.StratifiedGroups;
import org.gazecheck.stats.TwoSamples;

/** Errors against correct predictions within each class that has at least three of both, by one measure of localisation. */
record ClassComparisons(AuditedImages images, Measure measure, Randomness randomness) {
    private static final int FEWEST = 3;

    private record OneClass(String name, int[] members, TwoSamples samples, double p) {}

    /** Adds what was found and what was tested. */
    void test(List<Finding> findings, List<TestedEffect> tests) {
        List<OneClass> classes = new ArrayList<>();
        for (int label = 0; label < images.classes().size(); label++) {
            int[] members = images.of(label).stream()
                    .mapToInt(Integer::intValue)
                    .filter(i -> !Double.isNaN(measure.values()[i]))
                    .toArray();
            double[] wrong = values(members, true);
            double[] right = values(members, false);
            if (wrong.length >= FEWEST && right.length >= FEWEST) {
                TwoSamples samples = new TwoSamples(wrong, right);
                classes.add(new OneClass(images.classes().get(label), members, samples, RankSum.p(samples)));
            }
        }
        double[] q = BenjaminiHochberg.correct(
                classes.stream().mapToDouble(OneClass::p).toArray());
        for (int c = 0; c < q.length; c++) {
            add(classes.get(c), q[c], DetectableEffect.critical(OutcomeAssociation.LEVEL / q.length), findings, tests);
        }
    }

    private double[] values(int[] members, boolean wrong) {
        return Arrays.stream(members)
                .filter(i -> images.wrong(i) == wrong)
                .mapToDouble(i -> measure.values()[i])
                .toArray();
    }

    private void add(OneClass one, double q, double critical, List<Finding> findings, List<TestedEffect> tests) {
        int n = one.members.length;
        boolean[] wrong = new boolean[n];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            wrong[i] = images.wrong(one.members[i]);
            values[i] = measure.values()[one.members[i]];
        }
        StratifiedGroups groups = new StratifiedGroups(wrong, new int[n]);
        double delta = groups.cliffsDelta(values);
        Interval interval = groups.interval(
                values, new Bootstrap(Comparison.RESAMPLES, randomness, Purpose.ERRORS_OF_CLASS.about(one.name)));
        double spread = groups.spread(groups.ranks(values)) / groups.pairs(values);
        Statement statement = new Statement(
                MeasureComparison.severity(FindingKind.LOCALISATION_OF_CLASS_ERRORS, measure, delta),
                text(one, delta, interval),
                delta,
                interval.low(),
                interval.high(),
                OptionalDouble.of(one.p),
                OptionalDouble.of(q),
                n,
                MeasureComparison.evidence(images, measure, delta, one.members),
                FindingKind.LOCALISATION_OF_CLASS_ERRORS.advice());
        Finding finding = new Finding(FindingKind.LOCALISATION_OF_CLASS_ERRORS, one.name, statement);
        if (q <= OutcomeAssociation.LEVEL) {
            findings.add(finding);
        }
        tests.add(new TestedEffect(
                finding.kind(),
                one.name,
                "Cliff's delta of " + measure.what() + ", errors against correct predictions of the class",
                delta,
                interval.low(),
                interval.high(),
                one.p,
                q,
                n,
                DetectableEffect.of(spread, critical)));
    }

    private String text(OneClass one, double delta, Interval interval) {
        return String.format(
                Locale.ROOT,
                "On %s, %s is %s for the %d errors on %s and %s for its %d correct predictions (means; %s).",
                images.split().text(),
                measure.what(),
                measure.inUnit(one.samples.meanOfA()),
                one.samples.a().length,
                one.name,
                measure.inUnit(one.samples.meanOfB()),
                one.samples.b().length,
                Measure.delta(delta, interval));
    }
}
