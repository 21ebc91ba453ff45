package org.gazecheck.results;

/**
 * Where one heatmap lies, a line of {@code attention.csv}. All measures are of the map's positive part, upsampled to
 * the network's input; NaN where the map has none or no mask is given.
 *
 * @param inside share of energy inside the mask, 0..1
 * @param maskArea share of the image's area that the mask covers, 0..1
 * @param border share of energy within the border band, 0..1
 * @param entropy of the energy over the map's cells, divided by its maximum, 0 (one cell) to 1 (uniform)
 */
public record Attention(
        String path,
        String sha256,
        Split split,
        MapTarget target,
        double inside,
        double maskArea,
        double border,
        double entropy) {}
