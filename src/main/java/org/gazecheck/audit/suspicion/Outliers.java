package org.gazecheck.audit.suspicion;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Photographs unlike all of train: the mean cosine distance of their features to the ten nearest of train, itself
 * excluded (Sun et al. 2022; Kuan and Mueller 2022), on a logarithmic scale, in robust standard deviations from the
 * median of train (Iglewicz and Hoaglin 1993: outliers from 3.5 on).
 *
 * @param distances [n] 0..2
 * @param scores [n] robust standard deviations of the logarithm from train's median
 */
record Outliers(double[] distances, double[] scores) {
    /** The score from which on a photograph is an outlier. */
    static final double LIMIT = 3.5;

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
        float[][] directions = IntStream.range(0, features.length)
                .mapToObj(i -> direction(features[i]))
                .toArray(float[][]::new);
        double[] distances = IntStream.range(0, features.length)
                .parallel()
                .mapToDouble(i -> distance(directions, i, compared))
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
        return new Outliers(distances, scores);
    }

    private static double distance(float[][] directions, int i, int[] references) {
        double[] distances = IntStream.of(references)
                .filter(j -> j != i)
                .mapToDouble(j -> 1 - dot(directions[i], directions[j]))
                .sorted()
                .limit(NEIGHBOURS)
                .toArray();
        return Arrays.stream(distances).average().orElseThrow();
    }

    private static float[] direction(float[] feature) {
        double squares = dot(feature, feature);
        double norm = squares > 0 ? Math.sqrt(squares) : 1;
        float[] direction = new float[feature.length];
        for (int k = 0; k < direction.length; k++) {
            direction[k] = (float) (feature[k] / norm);
        }
        return direction;
    }

    /** In four sums, which lets the processor overlap them. */
    private static double dot(float[] a, float[] b) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int k = 0;
        for (; k + 3 < a.length; k += 4) {
            s0 += a[k] * b[k];
            s1 += a[k + 1] * b[k + 1];
            s2 += a[k + 2] * b[k + 2];
            s3 += a[k + 3] * b[k + 3];
        }
        for (; k < a.length; k++) {
            s0 += a[k] * b[k];
        }
        return (double) s0 + s1 + s2 + s3;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
