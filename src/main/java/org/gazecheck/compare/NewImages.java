package org.gazecheck.compare;

import java.io.IOException;
import java.util.Optional;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;

/**
 * Images whose bytes the earlier run did not know, beside the earlier run's test images (val, where it has no test):
 * whether they come from the same distribution and fare as well. What the network makes of them is compared only where
 * both runs have the same network.
 *
 * @param split of the earlier run that they are compared with; empty where nothing was evaluated
 * @param images new and evaluated, each by its bytes once
 * @param labelled of those, with a label
 * @param overall accuracy, label suspicion (Fisher), confidence, localisation, properties, outliers (rank sums), features
 *     (energy distance)
 * @param classes accuracy on each class with enough new images (Fisher)
 */
public record NewImages(Optional<Split> split, int images, int labelled, Family overall, Family classes) {
    /** Fewer new images of a kind are not compared. */
    public static final int LEAST = 5;

    /** Of tests whose p-value is found by shuffling: the least that it can be is {@code 1 / (1 + SHUFFLES)}. */
    public static final int SHUFFLES = 9_999;

    static NewImages of(ComparedImages groups, RunResults reference, RunResults later, Randomness randomness)
            throws IOException {
        return new NewImagesTests(groups, reference, later, randomness).done();
    }
}
