package org.gazecheck.report;

import java.io.IOException;
import org.gazecheck.image.RgbImage;

/** Where the report takes photographs from. */
@FunctionalInterface
public interface PhotographSource {
    /**
     * The photograph in the framing in which the network saw it (resized, centre crop), so that heatmap and photograph
     * lie on each other.
     *
     * @param path relative to the data folder, as in {@code predictions.csv}
     */
    RgbImage framed(String path) throws IOException;

    /** What all photographs depend on: an earlier report's may be taken again where it is the same; empty: never. */
    default String version() {
        return "";
    }
}
