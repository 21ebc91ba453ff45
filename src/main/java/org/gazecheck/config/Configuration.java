package org.gazecheck.config;

import java.nio.file.Path;
import java.util.List;
import org.gazecheck.results.Split;

/**
 * All settings of a run, resolved: defaults filled in, paths as given (relative to the working directory).
 * Sections are never null. What each component means, its default and its range stand in its {@link Setting}; people
 * read them in {@code docs/configuration.md}.
 */
public record Configuration(
        @Setting(
                        value = "name of the job, for titles and the default run folder: the file's name without"
                                + " ending",
                        initial = Setting.NAME)
                String name,
        @Setting("which images") Data data,
        @Setting("which network") Model model,
        @Setting("a network that others trained, audited as it is: with one, nothing is trained") External external,
        @Setting("how it is trained") Train train,
        @Setting("how it is evaluated") Evaluate evaluate,
        @Setting("how its attention is measured") Audit audit,
        @Setting("what the report shows") Report report,
        @Setting("what must be reviewed before a run is accepted, beside every finding of high severity") Review review,
        @Setting("where results go") Output output,
        @Setting("where computed rows are kept from run to run") Cache cache,
        @Setting("what computes") Compute compute,
        @Setting(value = "seed that every random number derives from", initial = "1") long seed,
        @Setting("figures that the run is compared with") Expect expect) {

    /** Which images. */
    public record Data(
            @Setting("the official Oxford Flowers 102 files, any folder of images, a table, or drawn flowers")
                    Source source,
            @Setting("where the images lie, or are downloaded to, or are drawn to") Path dir,
            @Setting(
                            value = "folder of PNG masks (white = foreground) under the images' relative paths",
                            initial = "null")
                    Path masks,
            @Setting(value = "table with the columns file, label, split; for source csv", initial = "null") Path file,
            @Setting(value = "whether missing official files are fetched; for source flowers102", initial = "true")
                    boolean download,
            @Setting(value = "splits whose absent images are counted and left out", initial = "[]")
                    List<Split> allowMissing,
            @Setting(
                            value = "what an unreadable image does: stop the run, or be left out and counted",
                            initial = "stop")
                    Invalid invalid,
            @Setting(
                            value = "largest image that is decoded, in pixels",
                            initial = "100_000_000",
                            min = 1,
                            max = 1_000_000_000)
                    long maxPixels,
            @Setting(
                            value = "share of a class that goes to val; for a folder without splits",
                            initial = "0.15",
                            min = 0,
                            max = 1,
                            below = true)
                    double valShare,
            @Setting(
                            value = "share of a class that goes to test; for a folder without splits",
                            initial = "0.15",
                            min = 0,
                            max = 1)
                    double testShare,
            @Setting("images that are drawn; for source demo") Drawn drawn) {}

    /** Where images come from. */
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

    /** Images of the drawn demo set. */
    public record Drawn(
            @Setting(value = "images a class in train", initial = "60", min = 1, max = 10_000) int train,
            @Setting(value = "images a class in val", initial = "20", min = 1, max = 10_000) int val,
            @Setting(value = "images a class in test", initial = "40", min = 1, max = 10_000) int test,
            @Setting(value = "side in pixels", initial = "128", min = 32, max = 1024) int size) {}

    /** Which network. */
    public record Model(
            @Setting(
                            value = "a finished run whose network is taken as it is: nothing is trained, and every"
                                    + " label must"
                                    + " be one of its classes",
                            initial = "null")
                    Path run,
            @Setting(
                            value = "pre-trained weights: a .safetensors or .pth file in torchvision's naming; or a"
                                    + " name, of which"
                                    + " the file is downloaded: resnet18-f37072fd, resnet34-b627a593,"
                                    + " resnet50-0676ba61, resnet101-63fe2227, resnet152-394f9c45"
                                    + " (torchvision's own), zoo-resnet50 (of DL4J's zoo, also as a .zip"
                                    + " file; its"
                                    + " own head, in the zoo a 3x3 max pooling and a dense layer over what"
                                    + " is left,"
                                    + " is not used); without one, training starts from random weights",
                            initial = "null")
                    Path weights,
            @Setting(value = "where named weights are kept, and downloaded to", initial = "data/weights") Path dir,
            @Setting(value = "whether named weights that are not there are fetched", initial = "true") boolean download,
            @Setting(
                            value = "web address of a folder from which named weights are fetched, in place of their"
                                    + " publishers'",
                            initial = "null")
                    String mirror,
            @Setting(
                            value = "auto: as the weights' tensors say",
                            initial = "auto",
                            oneOf = {"auto", "resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "demo"})
                    String architecture,
            @Setting(
                            value = "whether a bottleneck strides in its first convolution (v1) and not in its"
                                    + " second (v1.5);"
                                    + " null: as the weights' metadata say, otherwise v1.5",
                            initial = "null")
                    Boolean strideInFirst,
            @Setting(
                            value = "pixels at which images are taken: short side to this, centre crop to this",
                            initial = "224",
                            min = 32,
                            max = 2048)
                    int size) {}

    /** A network that others trained. */
    public record External(
            @Setting(value = "an ONNX classifier (.onnx), or an archive of Deeplearning4j (.zip)", initial = "null")
                    Path model,
            @Setting(
                            value = "text file of class names, one a line, in the order of the network's outputs; the"
                                    + " images' classes must be among them",
                            initial = "null")
                    Path labels,
            @Setting(
                            value = "the layer that heatmaps are of, by the name of its node, value or vertex; null:"
                                    + " the"
                                    + " last with spatial extent before pooling",
                            initial = "null")
                    String layer,
            @Setting(
                            value = "pixels to which the short side is resized; 0: as crop",
                            initial = "0",
                            min = 0,
                            max = 16_384)
                    int size,
            @Setting(
                            value = "side of the centre crop that the network sees, in pixels; 0: what the model fixes,"
                                    + " otherwise 224",
                            initial = "0",
                            min = 0,
                            max = 2048)
                    int crop,
            @Setting(
                            value = "what white (255) is before mean and std: 1, or 255 for a network that takes bytes",
                            initial = "1",
                            min = 0,
                            above = true,
                            max = 1e6)
                    double scale,
            @Setting(
                            value = "taken off each channel, red first whatever the network's order",
                            initial = "[0.485, 0.456, 0.406]",
                            entries = 3,
                            repeatable = true)
                    List<Double> mean,
            @Setting(
                            value = "each channel is divided by it, red first",
                            initial = "[0.229, 0.224, 0.225]",
                            min = 0,
                            above = true,
                            entries = 3,
                            repeatable = true)
                    List<Double> std,
            @Setting(value = "order of the input's dimensions; auto: as the model states", initial = "auto")
                    Order order,
            @Setting(value = "order of the channels", initial = "rgb") Channels channels) {}

    /** The dimensions of a batch of images. */
    public enum Order {
        AUTO,
        NCHW,
        NHWC
    }

    /** The channels of an image. */
    public enum Channels {
        RGB,
        BGR
    }

    /** How the network is trained. */
    public record Train(
            @Setting(
                            value = "probe: logistic regression on frozen features; finetune: the probe, then"
                                    + " back-propagation from a stage on",
                            initial = "finetune")
                    Recipe recipe,
            @Setting("how random views of a training image are drawn") Views views,
            @Setting("the first phase, logistic regression on frozen features") Probe probe,
            @Setting("the second phase, back-propagation") Finetune finetune) {}

    /** The last phase of the training. */
    public enum Recipe {
        PROBE,
        FINETUNE
    }

    /** The views of a training image that the probe sees beside the plain one, and how random views are drawn. */
    public record Views(
            @Setting(value = "whether the probe sees the mirror image too", initial = "true") boolean mirror,
            @Setting(value = "random resized crops that the probe sees", initial = "6", min = 0, max = 1000) int crops,
            @Setting(
                            value = "smallest share of the image's area that a crop covers",
                            initial = "0.35",
                            min = 0,
                            above = true,
                            max = 1)
                    double minScale,
            @Setting(
                            value = "largest share of the image's area that a crop covers",
                            initial = "1",
                            min = 0,
                            above = true,
                            max = 1)
                    double maxScale,
            @Setting(value = "brightness factor is drawn from 1 - this to 1 + this", initial = "0.2", min = 0, max = 1)
                    double brightness,
            @Setting(value = "contrast factor is drawn from 1 - this to 1 + this", initial = "0.2", min = 0, max = 1)
                    double contrast,
            @Setting(value = "saturation factor is drawn from 1 - this to 1 + this", initial = "0.2", min = 0, max = 1)
                    double saturation,
            @Setting(
                            value = "hue shift is drawn from - this to + this, in turns of the colour circle",
                            initial = "0.03",
                            min = 0,
                            max = 0.5)
                    double hue) {}

    /** Multinomial logistic regression on frozen features. */
    public record Probe(
            @Setting(value = "plain, or hellinger: square root, then divided by the L2 norm", initial = "hellinger")
                    FeatureKind features,
            @Setting(value = "label smoothing", initial = "0.1", min = 0, max = 1, below = true) double smoothing,
            @Setting(
                            value = "strengths tried, added to the mean cross-entropy as this times the sum of squared"
                                    + " weights; the best on val is taken",
                            initial = "[1e-5, 1e-6, 1e-7]",
                            min = 0,
                            max = 1000,
                            entries = 1)
                    List<Double> l2,
            @Setting(value = "most iterations of L-BFGS", initial = "400", min = 1, max = 100_000) int maxIterations) {}

    /** What the probe sees of the backbone's mean activations. */
    public enum FeatureKind {
        PLAIN,
        HELLINGER
    }

    /** Training by back-propagation from a named stage on. */
    public record Finetune(
            @Setting(
                            value = "first stage that is trained; all: the stem too",
                            initial = "layer4",
                            oneOf = {"layer4", "layer3", "layer2", "layer1", "all"})
                    String from,
            @Setting(
                            value = "random views kept of every image, beside the plain one, for the frozen part's"
                                    + " outputs",
                            initial = "6",
                            min = 0,
                            max = 1000)
                    int views,
            @Setting(value = "passes over train", initial = "14", min = 1, max = 10_000) int epochs,
            @Setting(value = "images in a step", initial = "24", min = 1, max = 4096) int batch,
            @Setting(value = "update rule; sgd has momentum 0.9", initial = "adamw") Optimizer optimizer,
            @Setting(
                            value = "peak learning rate of the trained stages",
                            initial = "1e-4",
                            min = 0,
                            above = true,
                            max = 10)
                    double learningRate,
            @Setting(value = "peak learning rate of the head", initial = "1e-3", min = 0, above = true, max = 10)
                    double headLearningRate,
            @Setting(value = "decoupled weight decay", initial = "0.02", min = 0, max = 1) double weightDecay,
            @Setting(value = "steps of linear warm-up", initial = "30", min = 0, max = 1_000_000) int warmup,
            @Setting(value = "label smoothing", initial = "0.1", min = 0, max = 1, below = true) double smoothing,
            @Setting(value = "mixup: parameter of the Beta distribution; 0: none", initial = "0", min = 0, max = 10)
                    double mixup,
            @Setting(
                            value = "decay a step of the moving average of weights that is evaluated and kept; 0: none",
                            initial = "0",
                            min = 0,
                            max = 1,
                            below = true)
                    double averaging,
            @Setting(
                            value = "epochs without improvement on val after which training stops; 0: never",
                            initial = "0",
                            min = 0,
                            max = 10_000)
                    int patience,
            @Setting(
                            value = "disk space that the frozen part's kept outputs may take",
                            initial = "12 GB",
                            min = 1e6,
                            max = 1e15,
                            bytes = true)
                    long diskLimit) {}

    /** How weights are updated. */
    public enum Optimizer {
        ADAMW,
        SGD
    }

    /** How the network is evaluated. */
    public record Evaluate(
            @Setting(
                            value = "whether probabilities are averaged over the image and its mirror image",
                            initial = "false")
                    boolean flip,
            @Setting(value = "whether logits are divided by a temperature fitted on val", initial = "true")
                    boolean temperature,
            @Setting(
                            value = "resamples for intervals; classes with fewer than 10 images are drawn together",
                            initial = "1000",
                            min = 100,
                            max = 1_000_000)
                    int bootstrap) {}

    /** How the network's localisation is measured. */
    public record Audit(
            @Setting(
                            value = "width of the border band, as a share of the side",
                            initial = "0.1",
                            min = 0,
                            above = true,
                            max = 0.5,
                            below = true)
                    double border,
            @Setting(
                            value = "images of val and test whose backgrounds are exchanged; 0: none",
                            initial = "500",
                            min = 0,
                            max = 1_000_000)
                    int interventions,
            @Setting(value = "whether masks are estimated where the data have none (GrabCut)", initial = "true")
                    boolean estimateMasks,
            @Setting(
                            value = "images of all splits up to which suspicious labels, duplicates and outliers are"
                                    + " looked for; 0: never",
                            initial = "10000",
                            min = 0,
                            max = 1_000_000)
                    int suspicion,
            @Setting("whether the heatmaps themselves are to be trusted") Trust trust) {}

    /** Tests of heatmap methods. */
    public record Trust(
            @Setting(
                            value = "images of test (or val) on which heatmap methods are tested; 0: none",
                            initial = "10",
                            min = 0,
                            max = 1000)
                    int images,
            @Setting(
                            value = "methods that are tested; scorecam and ablationcam take many times as long",
                            initial = "[gradcam, gradcam++, layercam, eigencam]",
                            oneOf = {
                                "gradcam",
                                "gradcam++",
                                "hirescam",
                                "layercam",
                                "xgradcam",
                                "eigencam",
                                "scorecam",
                                "ablationcam"
                            },
                            entries = 1)
                    List<String> methods,
            @Setting(
                            value = "steps into which the curves of insertion and deletion are cut",
                            initial = "8",
                            min = 2,
                            max = 256)
                    int steps) {}

    /** What the report shows. */
    public record Report(
            @Setting(value = "longest side of a thumbnail, in pixels", initial = "224", min = 32, max = 4096)
                    int thumbnail,
            @Setting(
                            value = "most predictions in the gallery; errors come first, then a sample of the"
                                    + " correct ones",
                            initial = "10_000",
                            min = 1,
                            max = 1_000_000)
                    int galleryImages) {}

    /** What must be reviewed before a run is accepted. */
    public record Review(
            @Setting(
                            value = "errors, drawn from test, then from val; all where there are fewer",
                            initial = "30",
                            min = 0,
                            max = 100_000)
                    int errors,
            @Setting(
                            value = "correct predictions, drawn from test, then from val; all where there are fewer",
                            initial = "20",
                            min = 0,
                            max = 100_000)
                    int correct) {}

    /** Where results go. */
    public record Output(@Setting(value = "the run folder", initial = "reports/" + Setting.NAME) Path dir) {}

    /** Where computed rows are kept from run to run. */
    public record Cache(
            @Setting(
                            value = "the store; may be deleted at any time, may be shared by configurations",
                            initial = "data/cache")
                    Path dir,
            @Setting(
                            value = "how much the store may hold: beyond it the least recently used rows go, never"
                                    + " those"
                                    + " of running work",
                            initial = "20 GB",
                            min = 1e6,
                            max = 1e15,
                            bytes = true)
                    long maxSize) {}

    /** What computes. */
    public record Compute(
            @Setting(value = "engine of frozen forward passes: ONNX Runtime or Deeplearning4j", initial = "onnx")
                    Inference inference,
            @Setting(value = "threads; 0: as many as there are cores", initial = "0", min = 0, max = 1024) int threads,
            @Setting(value = "images in a forward pass", initial = "16", min = 1, max = 1024) int batch) {}

    /** What runs frozen forward passes. */
    public enum Inference {
        ONNX,
        DL4J
    }

    /** Figures that a run is compared with. */
    public record Expect(@Setting("on val") Figures val, @Setting("on test") Figures test) {}

    /** Figures of one split, shares from 0 to 1; null where none is stated. */
    public record Figures(
            @Setting(value = "share of images whose predicted class is correct", initial = "null", min = 0, max = 1)
                    Double top1) {}
}
