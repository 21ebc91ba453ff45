package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.config.Configuration.Inference;
import org.gazecheck.data.DataException;
import org.gazecheck.evaluate.Logits;
import org.gazecheck.explain.LayerMaps;
import org.gazecheck.explain.Overlay;
import org.gazecheck.image.Framing;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.InvalidImageException;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Npy;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Tensor;
import org.gazecheck.progress.Progress;

/** Heatmaps of single photographs, outside a run. */
public final class ImageExplainer {
    private static final String METHOD = "gradcam";
    private static final long LARGEST = 100_000_000;

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
        if (!request.method.equals(METHOD)) {
            throw new IllegalArgumentException("no method '" + request.method + "': there is " + METHOD);
        }
        checkStems(request.images);
        ExplainedModel model = ExplainedModel.load(request.model);
        String layer = request.layer == null ? model.lastLayer() : request.layer;
        Engine engine = request.inference == Inference.ONNX ? Engine.ONNX : Engine.DL4J;
        List<Explained> explained = new ArrayList<>();
        try (LayerMaps maps = LayerMaps.open(model.network(), layer, engine, request.threads);
                Progress.Task task = progress.start("explain", request.images.size())) {
            for (Path image : request.images) {
                explained.add(explain(request, model, maps, image));
                task.advance(1);
            }
        }
        return explained;
    }

    private static Explained explain(Request request, ExplainedModel model, LayerMaps maps, Path file)
            throws IOException {
        RgbImage image = Framing.frame(decode(file), model.preprocessing());
        int crop = model.preprocessing().crop();
        float[] input = new float[3 * crop * crop];
        model.preprocessing().normalisation().write(image, input, 0);
        LayerMaps.Forward forward = maps.forward(Tensor.of(input, 1, 3, crop, crop));
        Logits logits = new Logits(1, model.classes().size(), forward.logits().data());
        int predicted = logits.best(0);
        int target =
                switch (request.target) {
                    case "predicted" -> predicted;
                    case "true" -> model.index(request.label);
                    default -> model.index(request.target);
                };
        Tensor map = maps.maps(forward, new int[] {target});
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
                model.classes().get(target),
                model.classes().get(predicted),
                logits.probabilities(1)[predicted]);
    }

    private static RgbImage decode(Path file) throws IOException {
        try {
            return new ImageDecoder(LARGEST).decode(file);
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
