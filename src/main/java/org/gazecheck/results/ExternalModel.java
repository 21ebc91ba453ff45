package org.gazecheck.results;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code external.json}: what a run audits that it did not train, as it was taken.
 *
 * @param file name without folders
 * @param sha256 of the file
 * @param network hash of what it computes, with how it takes images
 * @param engine that runs it
 * @param classes how many
 * @param layer that maps are of
 * @param shape [channels, height, width] of the layer
 * @param method of the maps
 * @param whyNoGradients why there are no gradients at the layer; null: there are
 * @param shortSide pixels to which the short side is resized
 * @param crop side of the centre crop
 * @param mean [3] red first, taken off values in 0..1
 * @param std [3] red first
 */
public record ExternalModel(
        int schemaVersion,
        String file,
        String sha256,
        String network,
        String engine,
        int classes,
        String layer,
        List<Integer> shape,
        String method,
        @Nullable String whyNoGradients,
        int shortSide,
        int crop,
        float[] mean,
        float[] std) {
    public static final int SCHEMA_VERSION = 1;
}
