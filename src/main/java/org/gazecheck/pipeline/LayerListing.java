package org.gazecheck.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.DataException;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.InvalidImageException;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.onnx.external.LayerList;

/** The layers of an ONNX classifier, tried with an image where one is given. */
public final class LayerListing {
    private LayerListing() {}

    /**
     * @param output that holds the logits; empty: the one that is reached through the most operators
     * @param size of images, in pixels, where the model fixes none; 0: 224
     * @param image to try it with; empty: noise
     * @param preprocessing of the image, as {@code external.preprocessing}
     * @throws DataException if the image cannot be read
     */
    public static LayerList of(
            Path model, Optional<String> output, int size, Optional<Path> image, String preprocessing)
            throws IOException {
        if (image.isEmpty()) {
            return LayerList.of(model, output, size, Optional.empty());
        }
        ExternalPreprocessing taken = ExternalPreprocessing.of(
                ConfigurationReader.external(List.of("external.preprocessing=" + preprocessing)), model);
        LayerList.Shown shown = new LayerList.Shown(
                side -> frame(image.get(), new Preprocessing(taken.shortSide(side), side, taken.normalisation())),
                taken.normalisation(),
                taken.blueFirst());
        try {
            return LayerList.of(model, output, size, Optional.of(shown));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static RgbImage frame(Path file, Preprocessing preprocessing) {
        try {
            return ImageLoader.ofFiles().frame(file.toString(), preprocessing);
        } catch (InvalidImageException e) {
            throw new UncheckedIOException(new DataException(file + ": " + e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
