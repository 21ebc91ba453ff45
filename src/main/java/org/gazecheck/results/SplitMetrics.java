package org.gazecheck.results;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything measured about one split.
 *
 * @param ece expected calibration error, 15 bins of equal width
 * @param uncalibrated log loss and ECE at temperature 1, when a temperature was fitted; else null
 * @param temperature that logits were divided by; 1 when none was fitted
 * @param classes in the order of the classes
 * @param confusions (label, predicted) pairs off the diagonal, most frequent first
 * @param reliability bins of the predicted class's probability, low to high, empty ones included
 */
public record SplitMetrics(
        Figure top1,
        Figure top5,
        Figure balancedAccuracy,
        Figure macroF1,
        Figure logLoss,
        Figure ece,
        double temperature,
        @Nullable Uncalibrated uncalibrated,
        List<ClassMetrics> classes,
        List<Confusion> confusions,
        List<ReliabilityBin> reliability) {

    /** Calibration before temperature scaling. */
    public record Uncalibrated(Figure logLoss, Figure ece) {}

    /**
     * One class against the rest.
     *
     * @param support images of the class
     * @param predicted images predicted as the class
     * @param correct images of the class predicted as such
     * @param precision with Wilson interval; NaN value when nothing was predicted as the class
     */
    public record ClassMetrics(
            String name, int support, int predicted, int correct, Figure precision, Figure recall, double f1) {}

    /** Images of {@code label} taken for {@code predicted}. */
    public record Confusion(String label, String predicted, int count) {}

    /** Images whose predicted class has a probability in (low, high]. */
    public record ReliabilityBin(double low, double high, int n, double confidence, double accuracy) {}
}
