package org.gazecheck.config;

import java.nio.file.Path;
import java.util.List;
import org.gazecheck.results.Split;

/**
 * Everything that a run is told, resolved: defaults filled in, paths as given (relative to the working directory).
 *
 * @param name the configuration file's name without ending
 */
public record Configuration(
        String name,
        Data data,
        Model model,
        Train train,
        Evaluate evaluate,
        Audit audit,
        Report report,
        Output output,
        Cache cache,
        Compute compute,
        long seed,
        Expect expect) {

    /**
     * Which photographs.
     *
     * @param dir data.dir: where they lie, or are downloaded to
     * @param masks data.masks: folder of PNG masks under the images' relative paths, or null
     * @param file data.file: the table of source csv, or null
     * @param download whether missing official files are fetched
     * @param allowMissing splits whose absent images are counted and left out
     * @param maxPixels largest image that is decoded, in pixels
     * @param valShare share of a class that goes to val, for a folder without splits
     * @param testShare share of a class that goes to test, for a folder without splits
     * @param drawn images that are drawn per class, for source demo
     */
    public record Data(
            Source source,
            Path dir,
            Path masks,
            Path file,
            boolean download,
            List<Split> allowMissing,
            Invalid invalid,
            long maxPixels,
            double valShare,
            double testShare,
            Drawn drawn) {}

    public enum Source {
        FLOWERS102,
        FOLDER,
        CSV,
        DEMO
    }

    /** What invalid images do. */
    public enum Invalid {
        STOP,
        LEAVE_OUT
    }

    /** Images per class of the drawn demo set. */
    public record Drawn(int train, int val, int test, int size) {}

    /**
     * Which network.
     *
     * @param weights model.weights: a .safetensors or .pth file, or null to start from random weights
     * @param architecture auto (from the weights), resnet18, resnet34, resnet50, resnet101, resnet152, or demo
     * @param strideInFirst v1 strides; null: from the weights' metadata, otherwise v1.5
     * @param size images are taken at this many pixels
     */
    public record Model(Path weights, String architecture, Boolean strideInFirst, int size) {}

    public record Train(Recipe recipe, Views views, Probe probe, Finetune finetune) {}

    public enum Recipe {
        PROBE,
        FINETUNE
    }

    /**
     * The views of a training image that the probe sees beside the plain one, and how random views are drawn.
     *
     * @param mirror whether the mirror image is one
     * @param crops number of random resized crops
     * @param minScale smallest share of the image's area that a crop covers
     * @param maxScale largest share
     * @param brightness factor drawn from 1 +- this
     * @param contrast factor drawn from 1 +- this
     * @param saturation factor drawn from 1 +- this
     * @param hue shift drawn from +- this, in turns of the colour circle (0..0.5)
     */
    public record Views(
            boolean mirror,
            int crops,
            double minScale,
            double maxScale,
            double brightness,
            double contrast,
            double saturation,
            double hue) {}

    /**
     * Multinomial logistic regression on frozen features.
     *
     * @param l2 strengths tried, in units of the mean cross-entropy per squared weight; the best on val is taken
     */
    public record Probe(FeatureKind features, double smoothing, List<Double> l2, int maxIterations) {}

    public enum FeatureKind {
        PLAIN,
        HELLINGER
    }

    /**
     * Training by back-propagation from a named stage on.
     *
     * @param from the first stage that is trained: layer4, layer3, ..., or all
     * @param views random views kept per image for the frozen part's outputs (the plain image besides)
     * @param learningRate of the trained stages
     * @param headLearningRate of the head
     * @param warmup steps of linear warm-up
     * @param mixup parameter of the Beta distribution, 0 for none
     * @param averaging decay of the exponential moving average of weights that is evaluated and kept, 0 for none
     * @param patience epochs without improvement before it stops, 0 for never
     * @param diskLimit bytes that the kept outputs may take
     */
    public record Finetune(
            String from,
            int views,
            int epochs,
            int batch,
            Optimizer optimizer,
            double learningRate,
            double headLearningRate,
            double weightDecay,
            int warmup,
            double smoothing,
            double mixup,
            double averaging,
            int patience,
            long diskLimit) {}

    public enum Optimizer {
        ADAMW,
        SGD
    }

    /**
     * @param flip whether probabilities are averaged over the image and its mirror image
     * @param temperature whether logits are divided by a temperature fitted on val
     * @param bootstrap resamples for intervals
     */
    public record Evaluate(boolean flip, boolean temperature, int bootstrap) {}

    /**
     * @param border width of the border band, as a share of the side
     */
    public record Audit(double border) {}

    /**
     * @param photograph longest side of a photograph in the report, in pixels
     * @param errors most confident errors shown
     * @param correct correct predictions shown
     */
    public record Report(int photograph, int errors, int correct) {}

    public record Output(Path dir) {}

    public record Cache(Path dir) {}

    /**
     * @param threads 0: as many as there are cores
     * @param batch images in a forward pass
     */
    public record Compute(Inference inference, int threads, int batch) {}

    public enum Inference {
        ONNX,
        DL4J
    }

    /** Figures that a run is compared with; null where none is stated. */
    public record Expect(Figures val, Figures test) {}

    public record Figures(Double top1) {}
}
