package org.gazecheck.audit.intervention;

import java.util.Arrays;
import java.util.Optional;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.RankSum;
import org.gazecheck.stats.TwoSamples;

/**
 * How well one property tells a class from all others in train and val.
 *
 * @param area under the ROC curve, 0..1: the chance that an image of the class has more of it than one of another
 * @param threshold from which an image counts as a carrier: where the shares of the class and of the others that reach it lie
 *     farthest apart (Youden 1950)
 * @param strong what a fifth of the class's carriers reach: of a tie, half of them have more than the median, and the effect is theirs
 * @param others median of the other classes' images that are no carriers
 */
record PropertyAssociation(
        int label, double area, double threshold, double strong, double others, Prevalence prevalence) {
    private static final double ALIKE = 0.02;
    private static final double STRONG = 0.8;

    /**
     * Empty where the class has no more of it than others, or nothing can be told.
     *
     * @param own values of the class, no NaN
     * @param rest values of all other classes, no NaN
     * @param least area that is of interest; without it no test is made
     */
    static Optional<PropertyAssociation> of(int label, double[] own, double[] rest, double least) {
        if (own.length == 0 || rest.length == 0) {
            return Optional.empty();
        }
        TwoSamples samples = new TwoSamples(own, rest);
        double area = (samples.cliffsDelta() + 1) / 2;
        if (area < least) {
            return Optional.empty();
        }
        double threshold = threshold(own, rest);
        double share = reaching(own, threshold);
        double ofOthers = reaching(rest, threshold);
        double expected = (share * own.length + ofOthers * rest.length) / (own.length + rest.length);
        double p = RankSum.p(samples);
        return Optional.of(new PropertyAssociation(
                label,
                area,
                threshold,
                Bootstrap.quantile(
                        Arrays.stream(own).filter(v -> v >= threshold).sorted().toArray(), STRONG),
                median(Arrays.stream(rest).filter(v -> v < threshold).toArray()),
                new Prevalence(share, expected, ofOthers, p, p)));
    }

    /** @param q of the association, corrected for all that could have been proposed */
    PropertyAssociation corrected(double q) {
        return new PropertyAssociation(
                label,
                area,
                threshold,
                strong,
                others,
                new Prevalence(prevalence.share(), prevalence.expected(), prevalence.others(), prevalence.p(), q));
    }

    /** By the area; of two that tell the class nearly as well, such as neighbouring hues of a cast, the larger shift. */
    boolean clearerThan(PropertyAssociation other) {
        return Math.abs(area - other.area) > ALIKE ? area > other.area : strong - others >= other.strong - other.others;
    }

    private static double threshold(double[] own, double[] rest) {
        double[] descending = own.clone();
        Arrays.sort(descending);
        double[] others = rest.clone();
        Arrays.sort(others);
        double best = descending[0];
        double most = -1;
        for (int i = descending.length - 1; i >= 0; i--) {
            double youden = (double) (descending.length - i) / own.length - reaching(others, descending[i]);
            if (youden > most) {
                most = youden;
                best = descending[i];
            }
        }
        return best;
    }

    private static double reaching(double[] values, double threshold) {
        return (double) Arrays.stream(values).filter(v -> v >= threshold).count() / values.length;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
