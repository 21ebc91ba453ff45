package org.gazecheck.audit.dataquality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Labels that held-out probabilities contradict with confidence (Northcutt, Jiang and Chuang 2021): an image counts as
 * confidently of class j when its probability of j is at least the mean that images labelled j have; of several such
 * classes the most probable counts. The images whose label is another one are suspects.
 *
 * @param thresholds [classes] that mean; NaN for a class without images
 * @param joint [classes][classes] images by label and confident class
 * @param suspects those off the diagonal, the surest first
 */
record ConfidentLearning(double[] thresholds, int[][] joint, List<Suspect> suspects) {
    /**
     * An image whose label is contradicted.
     *
     * @param index of the image
     * @param confident the class that it is confidently of
     * @param margin probability of its label less that of the most probable other class, -1..0 for the surest
     * @param logRatio natural logarithm of the ratio of the two, which tells apart what is -1 after rounding
     */
    record Suspect(int index, int confident, double margin, double logRatio) {
        Suspect at(int otherIndex) {
            return new Suspect(otherIndex, confident, margin, logRatio);
        }
    }

    /**
     * @param labels [n]
     * @param probabilities [n][classes] of a model that was not trained on these images
     */
    static ConfidentLearning of(int[] labels, float[][] probabilities, int classes) {
        double[] thresholds = thresholds(labels, probabilities, classes);
        int[][] joint = new int[classes][classes];
        List<Suspect> suspects = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            int confident = -1;
            double other = 0;
            for (int c = 0; c < classes; c++) {
                float p = probabilities[i][c];
                if (p >= thresholds[c] && (confident < 0 || p > probabilities[i][confident])) {
                    confident = c;
                }
                other = c == labels[i] ? other : Math.max(other, p);
            }
            if (confident >= 0) {
                joint[labels[i]][confident]++;
                double margin = probabilities[i][labels[i]] - other;
                if (confident != labels[i] && margin < 0) {
                    suspects.add(new Suspect(i, confident, margin, Math.log(probabilities[i][labels[i]] / other)));
                }
            }
        }
        suspects.sort(Comparator.comparingDouble(Suspect::margin)
                .thenComparingDouble(Suspect::logRatio)
                .thenComparing(Suspect::index));
        return new ConfidentLearning(thresholds, joint, suspects);
    }

    private static double[] thresholds(int[] labels, float[][] probabilities, int classes) {
        double[] sums = new double[classes];
        int[] counts = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            sums[labels[i]] += probabilities[i][labels[i]];
            counts[labels[i]]++;
        }
        for (int c = 0; c < classes; c++) {
            sums[c] /= counts[c];
        }
        return sums;
    }
}
