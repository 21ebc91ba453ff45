package org.gazecheck.metric;

import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * What a run says of an image; all but the prediction is null where the audit did not measure it.
 *
 * @param localisation of the heatmap for the predicted class
 */
public record MeasuredImage(
        Prediction prediction,
        @Nullable Localisation localisation,
        @Nullable ImageProperties properties,
        @Nullable DataQualityRow quality) {}
