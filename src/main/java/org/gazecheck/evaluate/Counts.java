package org.gazecheck.evaluate;

import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Wilson;

/**
 * The margins and the diagonal of a confusion matrix.
 *
 * @param support [classes] images of each class
 * @param predicted [classes] images predicted as each class
 * @param correct [classes] images of each class predicted as such
 */
record Counts(int[] support, int[] predicted, int[] correct) {
    Counts(int classes) {
        this(new int[classes], new int[classes], new int[classes]);
    }

    /** Counts answers, the i-th {@code times[i]} times. */
    static Counts of(Answers answers, int[] times) {
        Counts counts = new Counts(answers.classes());
        for (int i = 0; i < times.length; i++) {
            int label = answers.labels()[i];
            int predicted = answers.predicted()[i];
            counts.support[label] += times[i];
            counts.predicted[predicted] += times[i];
            if (label == predicted) {
                counts.correct[label] += times[i];
            }
        }
        return counts;
    }

    /** Mean recall of the classes that have images. */
    double balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < support.length; c++) {
            if (support[c] > 0) {
                sum += (double) correct[c] / support[c];
                present++;
            }
        }
        return sum / present;
    }

    /**
     * The 95 % interval of {@link #balancedAccuracy}: Wilson's, of as many images as would have its variance were all recalls the
     * same, {@code classes^2 / sum(1 / n_c)} (no fewer where they differ). It has a width where all are right too.
     */
    Interval balancedAccuracyInterval() {
        double inverse = 0;
        int present = 0;
        for (int images : support) {
            if (images > 0) {
                inverse += 1.0 / images;
                present++;
            }
        }
        return Wilson.interval(balancedAccuracy(), present * present / inverse);
    }

    /** Mean F1 of the classes that have images. */
    double macroF1() {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < support.length; c++) {
            if (support[c] > 0) {
                sum += f1(c);
                present++;
            }
        }
        return sum / present;
    }

    /** {@code 2 TP / (2 TP + FP + FN)}; NaN for a class that neither occurs nor was predicted. */
    double f1(int c) {
        return 2.0 * correct[c] / (support[c] + predicted[c]);
    }
}
