package org.gazecheck.audit.dataquality;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.results.Statement;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Wilson;

/**
 * Of images that arrived after training: that the network contradicts most of their labels, by more than chance. Which of
 * these are wrong is not reported one by one.
 */
final class ContradictedLabels {
    static final String SUBJECT = "new images";

    private static final double MOST = 0.5;
    private static final int EVIDENCE = 12;

    private ContradictedLabels() {}

    /** Empty where images are others than new ones, and where the interval of the contradicted share reaches down to a half. */
    static Optional<Finding> of(List<Prediction> predictions) {
        List<Prediction> labelled =
                predictions.stream().filter(Prediction::labelled).toList();
        List<Prediction> contradicted = labelled.stream()
                .filter(Prediction::contradicted)
                .sorted(Comparator.comparing(p -> p.pLabel() - p.pPredicted()))
                .toList();
        int n = labelled.size();
        if (!onlyNew(predictions) || n == 0) {
            return Optional.empty();
        }
        Interval interval = Wilson.interval(contradicted.size(), n);
        double share = (double) contradicted.size() / n;
        if (interval.low() <= MOST) {
            return Optional.empty();
        }
        String text = String.format(
                Locale.ROOT,
                "The network contradicts the labels of %d of %d new images (%.1f %%), another class being more probable by at"
                        + " least 50 points: the labels are wrong, these images are none that it knows, or it knows their"
                        + " classes badly.",
                contradicted.size(),
                n,
                100 * share);
        return Optional.of(new Finding(
                FindingKind.LABEL_ISSUES,
                SUBJECT,
                new Statement(
                        Severity.HIGH,
                        text,
                        share,
                        interval.low(),
                        interval.high(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        n,
                        contradicted.stream()
                                .limit(EVIDENCE)
                                .map(Prediction::path)
                                .toList(),
                        "Look at these images. Wrong labels: move them to where they belong. Images of another kind:"
                                + " keep them away from the network until it was trained and tested on such.")));
    }

    static boolean onlyNew(List<Prediction> predictions) {
        return predictions.stream().allMatch(p -> p.split() == Split.NEW);
    }
}
