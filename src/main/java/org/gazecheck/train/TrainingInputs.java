package org.gazecheck.train;

import org.gazecheck.config.Configuration;
import org.gazecheck.data.Dataset;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.results.RunFolder;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Store;

/**
 * What a training starts from.
 *
 * @param backbone whose head, if it has one, is replaced
 * @param store keeps the frozen network's outputs
 * @param folder receives {@code train.csv} and checkpoints
 * @param randomness derived from the configuration's seed
 */
public record TrainingInputs(
        Dataset dataset,
        BuiltInNetwork backbone,
        Configuration configuration,
        Store store,
        RunFolder folder,
        Randomness randomness) {}
