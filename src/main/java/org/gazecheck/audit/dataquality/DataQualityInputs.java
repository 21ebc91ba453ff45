package org.gazecheck.audit.dataquality;

import java.util.List;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;

/**
 * What data issues are looked for in.
 *
 * @param classes names of the columns of {@code probabilities}
 * @param predictions of images that the network was not trained on: val, test and new
 * @param probabilities [predictions][classes]
 * @param images of all splits
 * @param features [images][d] of the network's last hidden layer
 */
record DataQualityInputs(
        List<String> classes,
        List<Prediction> predictions,
        float[][] probabilities,
        List<HashedImage> images,
        float[][] features,
        Randomness randomness) {
    public DataQualityInputs {
        classes = List.copyOf(classes);
        predictions = List.copyOf(predictions);
        images = List.copyOf(images);
        if (probabilities.length != predictions.size() || features.length != images.size()) {
            throw new IllegalArgumentException(probabilities.length + " rows of probabilities for "
                    + predictions.size() + " predictions, " + features.length + " of features for "
                    + images.size() + " images");
        }
    }

    /**
     * One image of the data set.
     *
     * @param label class name; empty where nobody gave one
     * @param hash as {@code image.PerceptualHash} makes it
     */
    record HashedImage(String path, String sha256, Split split, String label, long hash) {
        /** Whether both have a label and not the same. */
        boolean contradicts(HashedImage other) {
            return !label.isEmpty() && !other.label.isEmpty() && !label.equals(other.label);
        }
    }
}
