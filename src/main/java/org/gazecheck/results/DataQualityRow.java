package org.gazecheck.results;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be wrong with one image, a line of {@code data-quality.csv}.
 *
 * @param confident the class that it is confidently of although it is labelled otherwise; null where the label is not
 *     contradicted, and for train
 * @param margin natural logarithm of the ratio of its label's probability to that of the most probable other class, which is
 *     the difference of their logits: below 0 where another class comes first; NaN for train
 * @param outlier how far it lies from train, in robust standard deviations; NaN where that was not measured
 * @param duplicates a number from 1 on that images share which are the same; 0 for all others
 * @param nearest paths of the images of train that the network finds most alike, itself excluded; may be empty
 */
public record DataQualityRow(
        String path,
        String sha256,
        Split split,
        @Nullable String confident,
        double margin,
        double outlier,
        int duplicates,
        List<String> nearest) {
    /** From which {@code outlier} on an image counts as unlike train. */
    public static final double OUTLYING = 3.5;

    /** Most paths in {@code nearest}. */
    public static final int NEAREST = 3;

    public DataQualityRow {
        nearest = List.copyOf(nearest);
    }
}
