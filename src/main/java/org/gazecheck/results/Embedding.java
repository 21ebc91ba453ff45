package org.gazecheck.results;

import org.jspecify.annotations.Nullable;

/**
 * {@code embedding.json}: what the maps in {@code embedding.csv} are worth.
 *
 * @param images that the run predicts
 * @param sampled how many of them were drawn to be on the maps
 */
public record Embedding(int schemaVersion, int images, int sampled, View features, View heatmap) {
    /** Of the files that this program writes. */
    public static final int SCHEMA_VERSION = 1;

    /** How many neighbours trustworthiness and continuity look at. */
    public static final int NEIGHBOURS = 10;

    /** Whether not all images were asked for. */
    public boolean isSample() {
        return sampled < images;
    }

    /**
     * One map.
     *
     * @param placed images that are on it
     * @param trustworthiness of ten neighbours on the map, 0..1 (Venna and Kaski 2001); NaN for too few images
     * @param continuity of ten neighbours among the images, 0..1; NaN for too few images
     * @param none why there is no such map; null where there is one
     */
    public record View(int placed, double trustworthiness, double continuity, @Nullable String none) {
        public static View none(String why) {
            return new View(0, Double.NaN, Double.NaN, why);
        }
    }
}
