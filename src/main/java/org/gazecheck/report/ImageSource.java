package org.gazecheck.report;

import java.io.IOException;
import java.util.Optional;
import org.gazecheck.image.RgbImage;

/** Where the report takes images from. */
@FunctionalInterface
public interface ImageSource {
    /**
     * The image in the framing in which the network saw it (resized, centre crop), so that heatmap and image
     * lie on each other.
     *
     * @param path relative to the data folder, as in {@code predictions.csv}
     */
    RgbImage framed(String path) throws IOException;

    /** What all images depend on: an earlier report's may be taken again where it is the same; empty: never. */
    default Optional<String> version() {
        return Optional.empty();
    }
}
