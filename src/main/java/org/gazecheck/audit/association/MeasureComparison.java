package org.gazecheck.audit.association;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.DetectableEffect;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;
import org.gazecheck.stats.StratifiedGroups;

/**
 * A measure of errors against that of correct predictions of the same classes; the effect is Cliff's delta within
 * classes.
 *
 * @param ofLocalisation whether it is one of localisation, otherwise a property of the image
 */
record MeasureComparison(AuditedImages images, StratifiedGroups outcomes, Measure measure, boolean ofLocalisation)
        implements Comparison {
    @Override
    public double[] values() {
        return measure.values();
    }

    @Override
    public Tested tested(Randomness randomness, double p, double q, double critical) {
        double[] values = measure.values();
        double delta = outcomes.cliffsDelta(values);
        Interval interval = outcomes.interval(
                values, new Bootstrap(RESAMPLES, randomness, Purpose.ERRORS_BY_MEASURE.about(measure.subject())));
        int[] compared = outcomes.comparable(values);
        double spread = outcomes.spread(outcomes.ranks(values)) / outcomes.pairs(values);
        Statement statement = new Statement(
                severity(kind(), measure, delta),
                text(delta, interval, compared),
                delta,
                interval.low(),
                interval.high(),
                OptionalDouble.of(p),
                OptionalDouble.of(q),
                compared.length,
                evidence(images, measure, delta, compared),
                kind().advice());
        Finding finding = new Finding(kind(), measure.id(), statement);
        TestedEffect effect = new TestedEffect(
                finding.kind(),
                measure.id(),
                "Cliff's delta of " + measure.what() + ", errors against correct predictions of the same class",
                delta,
                interval.low(),
                interval.high(),
                p,
                q,
                compared.length,
                DetectableEffect.of(spread, critical));
        return new Tested(effect, finding);
    }

    /** By the size of Cliff's delta (Romano et al. 2006); of no concern where errors are on the better side. */
    static Severity severity(FindingKind kind, Measure measure, double delta) {
        return measure.worse(delta) ? kind.severity(Math.abs(delta)) : Severity.INFO;
    }

    private FindingKind kind() {
        return ofLocalisation ? FindingKind.LOCALISATION_OF_ERRORS : FindingKind.PROPERTY_OF_ERRORS;
    }

    /** Errors, those first that differ most in the effect's direction. */
    static List<String> evidence(AuditedImages images, Measure measure, double delta, int[] compared) {
        double[] values = measure.values();
        return Arrays.stream(compared)
                .boxed()
                .filter(images::wrong)
                .sorted(Comparator.comparingDouble(i -> delta > 0 ? -values[i] : values[i]))
                .limit(EVIDENCE)
                .map(images::path)
                .toList();
    }

    private String text(double delta, Interval interval, int[] compared) {
        int[] wrong = IntStream.of(compared).filter(images::wrong).toArray();
        double mean = IntStream.of(wrong)
                .mapToDouble(i -> measure.values()[i])
                .average()
                .orElse(Double.NaN);
        double difference = outcomes.difference(measure.values());
        return String.format(
                Locale.ROOT,
                "On %s, %s is %s for errors (plain mean); compared class by class, that is %.2g%s %s than for correct"
                        + " predictions (%s; %d errors and %d correct predictions).",
                images.split().text(),
                measure.what(),
                measure.inUnit(mean),
                Math.abs(measure.scale() * difference),
                measure.differenceUnit(),
                difference > 0 ? "more" : "less",
                Measure.delta(delta, interval),
                wrong.length,
                compared.length - wrong.length);
    }
}
