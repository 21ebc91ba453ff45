package org.gazecheck.train;

import java.util.List;
import java.util.Map;
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
 * @param variants by the path of an image of train: other images of train that back-propagation may see in its place
 * @param folder receives {@code train.csv} and checkpoints
 * @param randomness derived from the configuration's seed
 */
public record TrainingInputs(
        Dataset dataset,
        Map<String, List<Dataset.Item>> variants,
        BuiltInNetwork backbone,
        Configuration configuration,
        Store store,
        RunFolder folder,
        Randomness randomness) {
    public TrainingInputs {
        variants = Map.copyOf(variants);
    }

    /** Without variants. */
    public TrainingInputs(
            Dataset dataset,
            BuiltInNetwork backbone,
            Configuration configuration,
            Store store,
            RunFolder folder,
            Randomness randomness) {
        this(dataset, Map.of(), backbone, configuration, store, folder, randomness);
    }

    /** The same with other images, some of them variants of others. */
    public TrainingInputs with(Dataset other, Map<String, List<Dataset.Item>> otherVariants) {
        return new TrainingInputs(other, otherVariants, backbone, configuration, store, folder, randomness);
    }
}
