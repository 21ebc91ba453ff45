package org.gazecheck.audit.association;

import java.util.List;
import java.util.Optional;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.Prediction;
import org.gazecheck.stats.Randomness;

/**
 * What associations are looked for in.
 *
 * @param predictions of val and test
 * @param localisation rows of the same images; those for the predicted class are used
 * @param properties of the same images; others are ignored, an image without any takes no part in tests of properties
 * @param heatmaps of the predicted class, raw, in the order of the predictions
 * @param training scenes of train's images
 */
record AssociationInputs(
        List<Prediction> predictions,
        List<Localisation> localisation,
        List<ImageProperties> properties,
        Heatmaps heatmaps,
        List<Scene> training,
        Randomness randomness) {
    public AssociationInputs {
        predictions = List.copyOf(predictions);
        localisation = List.copyOf(localisation);
        properties = List.copyOf(properties);
        training = List.copyOf(training);
    }

    /** Reads heatmaps one by one, so that they need not lie in memory at once. */
    interface Heatmaps {
        /** Of a map, in cells. */
        int width();

        /** The map [h, w] of the i-th prediction. */
        float[] of(int i);
    }

    /**
     * What an image of train stands in.
     *
     * @param label its class
     * @param descriptor as {@code image.SceneDescriptor} makes it; empty where there is no mask or no scene
     */
    record Scene(String path, String label, Optional<double[]> descriptor) {}
}
