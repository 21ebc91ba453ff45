package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.config.Configuration.Inference;
import org.gazecheck.data.DataException;
import org.gazecheck.explain.Overlay;
import org.gazecheck.image.InvalidImageException;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Npy;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Tensor;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Prediction.Ranked;

/** Heatmaps of single photographs, outside a run. */
public final class ImageExplainer {
    private static final String METHOD = "gradcam";

    private ImageExplainer() {}

    /**
     * What is asked for.
     *
     * @param images photographs in any format that the decoder reads
     * @param model a run folder, a model archive, an exported model or a bare weights file
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
        if (!request.method.equals(METHOD)) {
            throw new IllegalArgumentException("no method '" + request.method + "': there is " + METHOD);
        }
        checkStems(request.images);
        LoadedModel model = LoadedModel.load(request.model);
        String layer = request.layer == null ? model.lastLayer() : request.layer;
        Engine engine = request.inference == Inference.ONNX ? Engine.ONNX : Engine.DL4J;
        List<Explained> explained = new ArrayList<>();
        try (Classifier classifier = Classifier.open(model, layer, engine, request.threads);
                Progress.Task task = progress.start("explain", request.images.size())) {
            for (Path image : request.images) {
                explained.add(explain(request, classifier, image));
                task.advance(1);
            }
        }
        return explained;
    }

    private static Explained explain(Request request, Classifier classifier, Path file) throws IOException {
        RgbImage image = frame(classifier, file);
        Classifier.Scores scores = classifier.score(List.of(image));
        Ranked best = scores.rankings().get(0).get(0);
        int target =
                switch (request.target) {
                    case "predicted" -> best.index();
                    case "true" -> classifier.index(request.label);
                    default -> classifier.index(request.target);
                };
        Tensor map = classifier.maps(scores, target);
        int h = map.shape()[1];
        int w = map.shape()[2];
        String stem = stem(file);
        Path overlay = request.outDir.resolve(stem + ".png");
        byte[] png = Png.encode(Overlay.draw(image, map.data(), h, w));
        AtomicFile.write(overlay, out -> out.write(png));
        if (request.npyDir != null) {
            Npy.write(request.npyDir.resolve(stem + ".npy"), map.data(), h, w);
        }
        return new Explained(
                file,
                overlay,
                classifier.classes().get(target),
                classifier.classes().get(best.index()),
                best.probability());
    }

    private static RgbImage frame(Classifier classifier, Path file) throws IOException {
        try {
            return classifier.frame(file);
        } catch (InvalidImageException e) {
            throw new DataException(file + ": " + e.getMessage());
        }
    }

    /** Files are named by their image's stem, so that two images of one stem would overwrite each other's. */
    private static void checkStems(List<Path> images) {
        Map<String, Path> seen = new HashMap<>();
        for (Path image : images) {
            Path other = seen.put(stem(image), image);
            if (other != null) {
                throw new IllegalArgumentException(other + " and " + image
                        + " would be written to the same file: explain them one at a time, with different --out");
            }
        }
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
