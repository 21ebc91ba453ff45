package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.data.DataException;
import org.gazecheck.evaluate.FrameScores;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.explain.Overlay;
import org.gazecheck.explain.ScoreWeights;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.InvalidImageException;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Npy;
import org.gazecheck.io.Printable;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Tensor;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Prediction.Ranked;
import org.jspecify.annotations.Nullable;

/** Heatmaps of single images, outside a run. */
public final class ImageExplainer {
    private final Request request;
    private final CamMethod method;
    private final LoadedModel model;
    private final Classifier classifier;
    private final LayerTap tap;

    private ImageExplainer(Request request, CamMethod method, LoadedModel model, Classifier classifier, LayerTap tap) {
        this.request = request;
        this.method = method;
        this.model = model;
        this.classifier = classifier;
        this.tap = tap;
    }

    /**
     * What is asked for.
     *
     * @param images images in any format that the decoder reads
     * @param model a run folder, a model archive, an exported model, a bare weights file, or a classifier that others
     *     trained
     * @param settings of the latter, {@code external.key=value}
     * @param decisions file for settings that take it so again
     * @param method the text of a {@link CamMethod}; empty: gradcam, or eigencam where there are no gradients
     * @param layer the name of a stage ("layer3") or block ("layer3.1"), whose output is looked at, of a network of others any
     *     layer; null: the last
     * @param target predicted, true, contrast (predicted rather than true), or a class by name or index
     * @param label the true class by name or index, for targets true and contrast; null when not given
     * @param npyDir where raw maps go as {@code <stem>.npy}, float32 [h, w]; null: they are not written
     * @param outDir where overlays go as PNG
     * @param compute engine and threads
     */
    public record Request(
            List<Path> images,
            Path model,
            List<String> settings,
            Optional<Path> decisions,
            Optional<String> method,
            @Nullable String layer,
            String target,
            @Nullable String label,
            @Nullable Path npyDir,
            Path outDir,
            ComputeSettings compute) {
        public Request {
            images = List.copyOf(images);
            settings = List.copyOf(settings);
        }
    }

    /**
     * What came out for one image.
     *
     * @param explained the score that the map explains, in words
     * @param predicted name of the class ranked first
     * @param probability of the predicted class, 0..1
     */
    public record Explained(Path image, Path overlay, String explained, String predicted, double probability) {}

    /** Explains each image in turn and writes the files asked for. */
    public static List<Explained> explain(Request request, Progress progress) throws IOException {
        Optional<CamMethod> asked = request.method.map(CamMethod::of);
        checkStems(request.images);
        List<String> settings = new ArrayList<>(request.settings);
        LoadedModel model = load(request, settings);
        if (request.decisions.isPresent()) {
            model.writeDecisions(request.decisions.get());
        }
        model.tell(progress);
        String layer =
                model.external().isPresent() ? model.layer() : Objects.requireNonNullElse(request.layer, model.layer());
        CamMethod method = method(asked, model, layer, progress);
        Engine engine = Engine.of(request.compute.inference());
        int threads = request.compute.threads();
        List<Explained> explained = new ArrayList<>();
        try (LayerTap tap = LayerTap.open(model.network(), layer, engine, threads);
                Classifier classifier = Classifier.open(model, engine, threads);
                Progress.Task task = progress.start("explain", request.images.size())) {
            ImageExplainer explainer = new ImageExplainer(request, method, model, classifier, tap);
            for (Path image : request.images) {
                explained.add(explainer.explain(image));
                task.advance(1);
            }
        }
        return explained;
    }

    /** Of a network of others the layer is one of its settings. */
    private static LoadedModel load(Request request, List<String> settings) throws IOException {
        if (request.layer != null && LoadedModel.isOfOthers(request.model)) {
            settings.add("external.layer=" + request.layer);
        }
        return LoadedModel.load(request.model, settings, request.compute);
    }

    private static CamMethod method(Optional<CamMethod> asked, LoadedModel model, String layer, Progress progress)
            throws GazecheckException {
        Optional<String> none = model.network().whyNoGradients(layer);
        if (asked.isEmpty() && none.isPresent()) {
            progress.message("There are no gradients at " + Printable.of(layer) + ": " + none.get()
                    + ". The heatmaps are eigencam's, for no class.");
            return CamMethod.EIGENCAM;
        }
        CamMethod method = asked.orElse(CamMethod.GRADCAM);
        if (method.need() == CamMethod.Need.GRADIENTS && none.isPresent()) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    "no gradients at '" + Printable.of(layer) + "': " + none.get()
                            + "; choose another layer (--layer), or --method eigencam, which needs none");
        }
        return method;
    }

    private Explained explain(Path file) throws IOException {
        RgbImage image = frame(classifier, file);
        Classifier.Scores scores = classifier.score(List.of(image));
        Ranked best = scores.rankings().get(0).get(0);
        Subject subject = subject(best.index());
        LayerTap.Forward forward = tap.forward(
                FrameScores.tensor(List.of(image), model.preprocessing().normalisation()));
        Tensor map = map(forward, subject.weights);
        int h = map.shape()[1];
        int w = map.shape()[2];
        String stem = stem(file);
        Path overlay = request.outDir.resolve(stem + ".png");
        byte[] png = Png.encode(Overlay.draw(image, map.data(), h, w));
        AtomicFile.write(overlay, out -> out.write(png));
        if (request.npyDir != null) {
            Npy.write(request.npyDir.resolve(stem + ".npy"), map.data(), h, w);
        }
        return new Explained(file, overlay, subject.words, classifier.classes().get(best.index()), best.probability());
    }

    private Tensor map(LayerTap.Forward forward, Tensor weights) throws GazecheckException {
        return model.external().isEmpty()
                ? tap.maps(method, forward, weights)
                : ExternalMaps.of(tap, method, forward, weights);
    }

    /** What a map explains: the weights [1, classes] of the logits, and the same in words. */
    private record Subject(Tensor weights, String words) {}

    private Subject subject(int predicted) {
        if (method.need() == CamMethod.Need.NOTHING) {
            return new Subject(ScoreWeights.of(new int[] {predicted}, classes().size()), "the layer, for no class");
        }
        return switch (request.target) {
            case "predicted" -> one(predicted);
            case "true" -> one(label());
            case "contrast" -> contrast(predicted, label());
            default -> one(classifier.index(request.target));
        };
    }

    private int label() {
        return Optional.ofNullable(request.label)
                .map(classifier::index)
                .orElseThrow(() -> new IllegalArgumentException("target " + request.target + " needs the true class"));
    }

    /** Of two classes by one number, which is the score of the second and, with its sign turned, of the first. */
    private Subject one(int target) {
        boolean binary = model.external().map(ExternalUse::isBinary).orElse(false);
        Tensor weights = binary
                ? ScoreWeights.contrast(
                        new int[] {target}, new int[] {1 - target}, classes().size())
                : ScoreWeights.of(new int[] {target}, classes().size());
        return new Subject(weights, classes().get(target));
    }

    private Subject contrast(int predicted, int label) {
        Tensor weights = ScoreWeights.contrast(
                new int[] {predicted}, new int[] {label}, classes().size());
        String words = predicted == label
                ? "nothing, as the predicted class is the true one"
                : classes().get(predicted) + " rather than " + classes().get(label);
        return new Subject(weights, words);
    }

    private List<String> classes() {
        return classifier.classes();
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
