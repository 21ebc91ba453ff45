package org.gazecheck.metric;

import java.util.List;
import java.util.Optional;

/**
 * One entry of the registry ({@link MetricRegistry}).
 *
 * @param quantity the second part of its ids: "top1", "localisation.mass_lift"
 * @param title in words
 * @param nature how chance is reckoned with
 * @param better which direction is better; the other one is worse
 * @param sets of what it is measured
 * @param places whether of all images together, of each class
 * @param byOutcome whether of the correct and of the wrong predictions, too
 * @param comparison how two runs are compared
 * @param drift which drift of new images it can show; empty where none
 */
public record Metric(
        String quantity,
        String title,
        Nature nature,
        Unit unit,
        Better better,
        Source source,
        List<MetricSet> sets,
        Places places,
        boolean byOutcome,
        Comparison comparison,
        Optional<Drift> drift) {
    /** Of what there is a figure. */
    public enum Places {
        OVERALL,
        CLASSES,
        BOTH;

        public boolean overall() {
            return this != CLASSES;
        }

        public boolean byClass() {
            return this != OVERALL;
        }
    }

    /** What sort of figure it is, which decides how chance is reckoned with. */
    public enum Nature {
        /** A share of images: exact binomial. */
        SHARE,
        /** A figure with an interval that is no share of images: Student's t with the interval's width. */
        ESTIMATE,
        /** What is counted or timed: no chance. */
        COUNT,
        /** One or several tests of new images against earlier ones. */
        TESTS
    }

    /** Which way is better. */
    public enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }

    static Metric share(String quantity, String title, Better better, Source source) {
        return of(quantity, title, Nature.SHARE, Unit.SHARE, better, source);
    }

    static Metric estimate(String quantity, String title, Unit unit, Better better, Source source) {
        return of(quantity, title, Nature.ESTIMATE, unit, better, source);
    }

    static Metric count(String quantity, String title, Unit unit, String file, MetricSet... of) {
        return of(quantity, title, Nature.COUNT, unit, Better.NEITHER, new Source.Elsewhere(file))
                .in(of);
    }

    static Metric test(String quantity, String title, Unit unit, Better better, Source source) {
        return of(quantity, title, Nature.TESTS, unit, better, source).in(MetricSet.NEW);
    }

    private static Metric of(String quantity, String title, Nature nature, Unit unit, Better better, Source source) {
        return new Metric(
                quantity,
                title,
                nature,
                unit,
                better,
                source,
                MetricSet.EVALUATED,
                Places.OVERALL,
                false,
                Comparison.NONE,
                Optional.empty());
    }

    private Metric in(MetricSet... of) {
        return new Metric(
                quantity, title, nature, unit, better, source, List.of(of), places, byOutcome, comparison, drift);
    }

    Metric by(Places where) {
        return new Metric(quantity, title, nature, unit, better, source, sets, where, byOutcome, comparison, drift);
    }

    Metric alsoByOutcome() {
        return new Metric(quantity, title, nature, unit, better, source, sets, places, true, comparison, drift);
    }

    Metric compared(Comparison how) {
        return new Metric(quantity, title, nature, unit, better, source, sets, places, byOutcome, how, drift);
    }

    Metric showing(Drift which) {
        return new Metric(
                quantity, title, nature, unit, better, source, sets, places, byOutcome, comparison, Optional.of(which));
    }

    /** Whether rules may compare it with a number. */
    public boolean isFigure() {
        return nature != Nature.TESTS;
    }

    /** Whether it rests on a sample of images. */
    public boolean isNoisy() {
        return nature == Nature.SHARE || nature == Nature.ESTIMATE;
    }

    /** Whether it is spoken of in percent. */
    public boolean inPercent() {
        return unit == Unit.SHARE;
    }

    /** Whether runs are compared by it. */
    public boolean isCompared() {
        return comparison != Comparison.NONE;
    }

    /** Whether the figure of each class is compared between runs, too. */
    public boolean isComparedByClass() {
        return places.byClass() && comparison instanceof Comparison.Shares;
    }

    /** Whether a rule about the tests of this metric is about that one, too. */
    public boolean covers(Metric test) {
        boolean group = nature == Nature.TESTS && !isCompared();
        return equals(test)
                || group
                        && test.drift.isPresent()
                        && (drift.equals(Optional.of(Drift.ANY)) || drift.equals(test.drift));
    }
}
