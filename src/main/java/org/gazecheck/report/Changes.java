package org.gazecheck.report;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.gazecheck.compare.RunComparison;
import org.gazecheck.image.RgbImage;
import org.gazecheck.results.GateVerdict;

/**
 * What a page of changes is written from.
 *
 * @param title of the page
 * @param verdict of the gates, where they judged
 * @param models a model, or a run, beside an earlier one
 * @param newImages beside those that the model was tested on, where that is another comparison
 * @param pictures of the later run's images, by path
 * @param before how the earlier run looks at images
 * @param now how the later one does
 * @param report address of the report of the new images, relative to the page
 * @param all address of the page over all runs
 * @param warnings a sentence each
 */
public record Changes(
        String title,
        Optional<GateVerdict> verdict,
        Optional<RunComparison> models,
        Optional<RunComparison> newImages,
        Pictures pictures,
        Looks before,
        Looks now,
        Optional<String> report,
        Optional<String> all,
        List<String> warnings) {
    /** Where images are taken from. */
    @FunctionalInterface
    public interface Pictures {
        /** @param path relative to the data folder, as in {@code predictions.csv} */
        RgbImage of(String path) throws IOException;
    }

    /** How a run looks at its images, by what its report has of them. */
    public interface Looks {
        /** A run of which nothing is known. */
        Looks NONE = new Looks() {
            @Override
            public Optional<RgbImage> heatmap(String path) {
                return Optional.empty();
            }

            @Override
            public Optional<String> address(String path) {
                return Optional.empty();
            }
        };

        /** The image, as the network sees it, under the heatmap for the class that it predicts. */
        Optional<RgbImage> heatmap(String path) throws IOException;

        /** Address of the image in the run's report. */
        Optional<String> address(String path);
    }

    public Changes {
        warnings = List.copyOf(warnings);
    }
}
