package org.gazecheck.spark;

import java.util.HashSet;
import java.util.Set;
import org.gazecheck.audit.input.DescribedImages;
import org.gazecheck.audit.input.ImageSample;
import org.gazecheck.audit.input.ObjectMasks;
import org.gazecheck.config.Configuration;
import org.gazecheck.data.Dataset;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;

/**
 * Of which images of train the single machine's audit estimates masks: drawn by it on the driver, from paths, labels and hashes alone.
 *
 * @param estimates whether masks are estimated at all, of images that have none
 * @param described paths of those whose description rests on the estimate
 * @param segmented paths of those that objects and backgrounds may be taken from
 */
record EstimateDraws(boolean estimates, Set<String> described, Set<String> segmented) {
    static EstimateDraws of(Dataset dataset, Configuration configuration) {
        if (!ObjectMasks.estimates(dataset, configuration)) {
            return new EstimateDraws(false, Set.of(), Set.of());
        }
        Randomness randomness = new Randomness(configuration.seed());
        Set<String> without = DescribedImages.withoutMask(dataset, randomness);
        Set<String> described = new HashSet<>();
        for (Dataset.Item item : dataset.of(Split.TRAIN)) {
            if (item.mask().isEmpty() && !without.contains(item.path())) {
                described.add(item.path());
            }
        }
        Set<String> segmented = new HashSet<>();
        ImageSample.draw(randomness, dataset.of(Split.TRAIN), ObjectMasks.OF_TRAIN)
                .forEach(item -> segmented.add(item.path()));
        return new EstimateDraws(true, described, segmented);
    }
}
