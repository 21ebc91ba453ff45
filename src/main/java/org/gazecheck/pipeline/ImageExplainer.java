package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.config.Configuration.Inference;
import org.gazecheck.progress.Progress;

/** Heatmaps of single photographs, outside a run. */
public final class ImageExplainer {
    private ImageExplainer() {}

    /**
     * What is asked for.
     *
     * @param images photographs in any format that the decoder reads
     * @param model a run folder, a model archive or a bare weights file
     * @param method "gradcam"
     * @param layer a stage's name ("layer3"); null: the last
     * @param target predicted, true, or a class by name or index
     * @param label the true class by name or index, for target true; null when not given
     * @param npyDir where raw maps go as {@code <stem>.npy}, float32 [h, w]; null: they are not written
     * @param outDir where overlays go as PNG
     * @param inference the engine
     * @param threads 0: as many as there are cores
     */
    public record Request(
            List<Path> images,
            Path model,
            String method,
            String layer,
            String target,
            String label,
            Path npyDir,
            Path outDir,
            Inference inference,
            int threads) {
        public Request {
            images = List.copyOf(images);
        }
    }

    /**
     * What came out for one photograph.
     *
     * @param explained name of the class whose score the map explains
     * @param predicted name of the class ranked first
     * @param probability of the predicted class, 0..1
     */
    public record Explained(Path image, Path overlay, String explained, String predicted, double probability) {}

    /** Explains each image in turn and writes the files asked for. */
    public static List<Explained> explain(Request request, Progress progress) throws IOException {
        throw new UnsupportedOperationException("explaining single images");
    }
}
