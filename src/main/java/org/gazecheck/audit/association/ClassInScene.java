package org.gazecheck.audit.association;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.DetectableEffect;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Wilson;

/**
 * A class and the kind of scene that it is most over-represented in, in training. It is a finding when q is at most 0.01,
 * at least 80 % of the class stand in that kind of scene, and that is at least 50 points more than of the other classes.
 *
 * @param name of the class
 * @param inKind its images in that kind of scene
 * @param ofClass its images
 * @param othersInKind images of other classes in that kind of scene
 * @param others images of other classes
 */
record ClassInScene(String name, int inKind, int ofClass, int othersInKind, int others) {
    static final double LEVEL = 0.01;

    private static final double SHARE = 0.8;
    private static final double DIFFERENCE = 0.5;

    boolean stands(double q) {
        return q <= LEVEL && share() >= SHARE && difference() >= DIFFERENCE;
    }

    private double share() {
        return (double) inKind / ofClass;
    }

    private double restShare() {
        return (double) othersInKind / others;
    }

    private double difference() {
        return share() - restShare();
    }

    /** Newcombe's interval of a difference of shares (1998, method 10), from Wilson's of each. */
    private Interval interval() {
        Interval own = Wilson.interval(inKind, ofClass);
        Interval rest = Wilson.interval(othersInKind, others);
        return new Interval(
                difference() - Math.hypot(share() - own.low(), rest.high() - restShare()),
                difference() + Math.hypot(own.high() - share(), restShare() - rest.low()));
    }

    Finding finding(double p, double q, List<String> evidence) {
        Interval interval = interval();
        Statement statement = new Statement(
                FindingKind.SCENE_CORRELATION.severity(difference()),
                String.format(
                        Locale.ROOT,
                        "In train, %d of %d images of %s (%.0f %%) stand in one kind of scene, and %d of %d of the other"
                                + " classes (%.0f %%).",
                        inKind,
                        ofClass,
                        name,
                        100 * share(),
                        othersInKind,
                        others,
                        100 * restShare()),
                difference(),
                interval.low(),
                interval.high(),
                OptionalDouble.of(p),
                OptionalDouble.of(q),
                ofClass + others,
                evidence,
                FindingKind.SCENE_CORRELATION.advice());
        return new Finding(FindingKind.SCENE_CORRELATION, name, statement);
    }

    /** @param critical the adjusted residual from which on q is at most the level */
    TestedEffect tested(Finding finding, double critical) {
        double overall = (double) (inKind + othersInKind) / (ofClass + others);
        double spread = Math.sqrt(overall * (1 - overall) * (1.0 / ofClass + 1.0 / others));
        return new TestedEffect(
                finding.kind(),
                finding.subject(),
                "share of the class in its most frequent kind of scene less that of other classes, in train",
                finding.effect(),
                finding.low(),
                finding.high(),
                finding.p().orElseThrow(),
                finding.q().orElseThrow(),
                finding.n(),
                Math.max(DIFFERENCE, DetectableEffect.of(spread, critical)));
    }
}
