package org.gazecheck.audit.dataquality;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.results.DataQualityRow;

/**
 * Images unlike all of train: the mean cosine distance of their features to the ten nearest of train, itself
 * excluded (Sun et al. 2022; Kuan and Mueller 2022), on a logarithmic scale, in robust standard deviations from the
 * median of train (Iglewicz and Hoaglin 1993: outliers from 3.5 on).
 *
 * @param neighbours the ten nearest of train
 * @param distances [n] 0..2
 * @param scores [n] robust standard deviations of the logarithm from train's median
 */
record Outliers(Neighbours neighbours, double[] distances, double[] scores) {
    /** The score from which on an image is an outlier. */
    static final double LIMIT = DataQualityRow.OUTLYING;

    private static final int NEIGHBOURS = 10;
    private static final int MOST_REFERENCES = 5000;
    private static final double NORMAL = 1.4826;
    private static final double LEAST = 1e-6;

    /**
     * @param features [n][d]
     * @param train rows of train, more than ten; of more than 5000 a random 5000 are compared with
     */
    static Outliers of(float[][] features, int[] train, SplittableRandom random) {
        int[] references = train.clone();
        for (int i = 0; i < Math.min(MOST_REFERENCES, references.length); i++) {
            int j = i + random.nextInt(references.length - i);
            int swapped = references[i];
            references[i] = references[j];
            references[j] = swapped;
        }
        int[] compared = Arrays.copyOf(references, Math.min(MOST_REFERENCES, references.length));
        Neighbours neighbours = Neighbours.of(features, compared, NEIGHBOURS);
        double[] distances = Arrays.stream(neighbours.distances())
                .mapToDouble(nearest -> Arrays.stream(nearest).average().orElseThrow())
                .toArray();
        double[] logarithms =
                Arrays.stream(distances).map(d -> Math.log(Math.max(LEAST, d))).toArray();
        double[] ofTrain = IntStream.of(train).mapToDouble(i -> logarithms[i]).toArray();
        double median = median(ofTrain);
        double deviation = NORMAL
                * median(Arrays.stream(ofTrain).map(l -> Math.abs(l - median)).toArray());
        double[] scores = Arrays.stream(logarithms)
                .map(l -> deviation == 0 ? 0 : (l - median) / deviation)
                .toArray();
        return new Outliers(neighbours, distances, scores);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
