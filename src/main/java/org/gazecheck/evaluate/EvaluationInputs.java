package org.gazecheck.evaluate;

import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.config.Configuration;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Network;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.RunFolder;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Store;

/**
 * What an evaluation starts from.
 *
 * @param network of as many classes as the data set has
 * @param temperature that the network was given on val, for images without a val of their own
 * @param calibration that the network was given when it was trained, in place of one on val as it is
 * @param store keeps each image's logits and maps
 * @param folder receives predictions, probabilities, metrics and maps
 */
public record EvaluationInputs(
        Dataset dataset,
        Network network,
        Preprocessing preprocessing,
        OptionalDouble temperature,
        Optional<Calibration> calibration,
        Configuration configuration,
        Store store,
        RunFolder folder,
        Randomness randomness) {
    /** What the network says of each image. */
    ImageScores scores() {
        return new ImageScores(
                network,
                preprocessing,
                Engine.of(configuration.compute().inference()),
                configuration.evaluate().flip());
    }
}
