package org.gazecheck.config;

import java.util.List;

/** How the network is trained. */
public record TrainSettings(
        @Setting(
                        value = "probe: logistic regression on frozen features; finetune: the probe, then"
                                + " back-propagation from a stage on",
                        initial = "finetune")
                Recipe recipe,
        @Setting("how random views of a training image are drawn") Views views,
        @Setting("the first phase, logistic regression on frozen features") Probe probe,
        @Setting("the second phase, back-propagation") Finetune finetune) {

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
}
