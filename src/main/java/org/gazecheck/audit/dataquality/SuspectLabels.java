package org.gazecheck.audit.dataquality;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Labels that a network contradicts where it is sure, after confident learning (Northcutt, Jiang and Chuang 2021) with
 * margins in the place of probabilities. The margin of an image is {@code ln(p1 / p2)} of the first class over the second,
 * which is the difference of their logits. A network that is too sure of everything, or a temperature that makes it so,
 * multiplies all margins by one number: whom this suspects stays the same. An image is confidently of the class that comes
 * first when its margin is at least the median of all images whose first class that is, whatever they are labelled; of
 * fewer than {@value #FEWEST} such images it is the median of all images. So wrong labels do not move what they are
 * measured by, about half of them are found however many there are, and of the network's own errors those that are as sure
 * as its right answers.
 *
 * @param thresholds [classes] from which margin on an image is confidently of the class
 * @param suspects images that are confidently of another class than their label's, the surest first
 */
record SuspectLabels(double[] thresholds, List<Suspect> suspects) {
    private static final int FEWEST = 5;

    /**
     * An image whose label is contradicted.
     *
     * @param index of the image
     * @param confident the class that it is confidently of
     * @param logRatio as {@link #logRatio(float[], int)} has it, below 0
     */
    record Suspect(int index, int confident, double logRatio) {
        Suspect at(int otherIndex) {
            return new Suspect(otherIndex, confident, logRatio);
        }
    }

    /**
     * @param labels [n]
     * @param probabilities [n][classes] of a model that was not trained on these images
     */
    static SuspectLabels of(int[] labels, float[][] probabilities, int classes) {
        int n = labels.length;
        int[] first = new int[n];
        double[] margins = new double[n];
        for (int i = 0; i < n; i++) {
            first[i] = largest(probabilities[i], -1);
            margins[i] = logRatio(probabilities[i], first[i]);
        }
        double[] thresholds = thresholds(first, margins, classes);
        List<Suspect> suspects = IntStream.range(0, n)
                .filter(i -> first[i] != labels[i] && margins[i] >= thresholds[first[i]])
                .mapToObj(i -> new Suspect(i, first[i], logRatio(probabilities[i], labels[i])))
                .filter(suspect -> suspect.logRatio < 0)
                .sorted(Comparator.comparingDouble(Suspect::logRatio).thenComparing(Suspect::index))
                .toList();
        return new SuspectLabels(thresholds, suspects);
    }

    private static double[] thresholds(int[] first, double[] margins, int classes) {
        double ofAll = median(margins);
        double[] thresholds = new double[classes];
        for (int c = 0; c < classes; c++) {
            int called = c;
            double[] own = IntStream.range(0, first.length)
                    .filter(i -> first[i] == called)
                    .mapToDouble(i -> margins[i])
                    .toArray();
            thresholds[c] = own.length < FEWEST ? ofAll : median(own);
        }
        return thresholds;
    }

    /**
     * The natural logarithm of the ratio of one probability to the largest other one. What is rounded to 0 counts as the
     * least positive number, so that the ratio is finite.
     */
    static double logRatio(float[] probabilities, int of) {
        return log(probabilities[of]) - log(probabilities[largest(probabilities, of)]);
    }

    private static double log(float probability) {
        return Math.log(Math.max(probability, Float.MIN_VALUE));
    }

    /** The first of the largest. */
    private static int largest(float[] values, int except) {
        int largest = except == 0 ? 1 : 0;
        for (int c = largest + 1; c < values.length; c++) {
            largest = c != except && values[c] > values[largest] ? c : largest;
        }
        return largest;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? Double.NaN
                : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
