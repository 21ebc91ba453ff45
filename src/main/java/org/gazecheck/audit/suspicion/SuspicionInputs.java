package org.gazecheck.audit.suspicion;

import java.util.List;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;

/**
 * What suspicious data is looked for in.
 *
 * @param classes names of the columns of {@code probabilities}
 * @param predictions of images that the network was not trained on: val, test and new
 * @param probabilities [predictions][classes]
 * @param photographs of all splits
 * @param features [photographs][d] of the network's last hidden layer
 */
public record SuspicionInputs(
        List<String> classes,
        List<Prediction> predictions,
        float[][] probabilities,
        List<Photograph> photographs,
        float[][] features,
        Randomness randomness) {
    public SuspicionInputs {
        classes = List.copyOf(classes);
        predictions = List.copyOf(predictions);
        photographs = List.copyOf(photographs);
        if (probabilities.length != predictions.size() || features.length != photographs.size()) {
            throw new IllegalArgumentException(probabilities.length + " rows of probabilities for "
                    + predictions.size() + " predictions, " + features.length + " of features for "
                    + photographs.size() + " photographs");
        }
    }

    /**
     * One photograph of the data set.
     *
     * @param label class name; empty where nobody gave one
     * @param hash as {@code image.PerceptualHash} makes it
     */
    public record Photograph(String path, String sha256, Split split, String label, long hash) {
        /** Whether both have a label and not the same. */
        boolean contradicts(Photograph other) {
            return !label.isEmpty() && !other.label.isEmpty() && !label.equals(other.label);
        }
    }
}
