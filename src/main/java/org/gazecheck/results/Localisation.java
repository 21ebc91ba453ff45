package org.gazecheck.results;

/**
 * Where one heatmap lies, a line of {@code localisation.csv}. All measures are of the map's positive part, upsampled to
 * the network's input; NaN where the map has none or no mask is given.
 *
 * @param massAccuracy share of energy inside the mask, 0..1
 * @param maskArea share of the image's area that the mask covers, 0..1
 * @param borderMass share of energy within the border band, 0..1
 * @param entropy of the energy over the map's cells, divided by its maximum, 0 (one cell) to 1 (uniform)
 * @param pointingGame 1 where the hottest pixel lies inside the mask, else 0
 * @param rankAccuracy of as many of the hottest pixels as the mask has, the share inside it, 0..1
 * @param distance between the centres of energy and mask, in sides of the image
 * @param overlap of the maps for the predicted and the true class, 0..1
 */
public record Localisation(
        String path,
        String sha256,
        Split split,
        MapTarget target,
        double massAccuracy,
        double maskArea,
        double borderMass,
        double entropy,
        double pointingGame,
        double rankAccuracy,
        double distance,
        double overlap) {
    /** Energy inside the mask over what an even map would have there: 1 is chance; NaN without a mask. */
    public double massLift() {
        return maskArea > 0 ? massAccuracy / maskArea : Double.NaN;
    }
}
