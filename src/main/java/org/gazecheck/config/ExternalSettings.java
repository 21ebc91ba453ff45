package org.gazecheck.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network that others trained. */
public record ExternalSettings(
        @Setting(value = "an ONNX classifier (.onnx), or an archive of Deeplearning4j (.zip)", initial = "null")
                @Nullable
                Path model,
        @Setting(
                        value = "text file of class names, one a line, in the order of the network's outputs; the"
                                + " images' classes must be among them",
                        initial = "null")
                @Nullable
                Path labels,
        @Setting(
                        value = "the layer that heatmaps are of, by the name of its node, value or vertex; null:"
                                + " the"
                                + " last with spatial extent before pooling",
                        initial = "null")
                @Nullable
                String layer,
        @Setting(
                        value =
                                "the output that holds the logits, of a network that has several; null: of those with as"
                                        + " many numbers as there are classes the one that is reached through the most"
                                        + " operators",
                        initial = "null")
                @Nullable
                String output,
        @Setting(
                        value = "how the layer holds its maps, where that is stated and not found out: tokens are"
                                + " [n, t, c]",
                        initial = "auto")
                Layout layout,
        @Setting(
                        value = "rows and columns of a layer of tokens, such as 14x14; null: as the layer's sizes say",
                        initial = "null")
                @Nullable
                String grid,
        @Setting(
                        value = "what decodes and scales images: gazecheck as torchvision does, datavec as"
                                + " Deeplearning4j's NativeImageLoader does (by OpenCV, both sides to crop, blue"
                                + " first); datavec is for explain and predict",
                        initial = "gazecheck")
                Loader loader,
        @Setting(
                        value =
                                "the mean, std, scale and channels that the network was trained with, where they are not"
                                        + " given themselves: imagenet (torchvision's, and size 256 for a crop of 224),"
                                        + " keras-caffe, keras-tf, clip, none (values from 0 to 1), dl4j-vgg16"
                                        + " (VGG16ImagePreProcessor); auto: an archive's own normaliser, otherwise torchvision's,"
                                        + " which is told",
                        initial = "auto",
                        oneOf = {"auto", "imagenet", "keras-caffe", "keras-tf", "clip", "none", "dl4j-vgg16"})
                String preprocessing,
        @Setting(
                        value =
                                "pixels to which the short side is resized; 0: as preprocessing says, otherwise as crop",
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
                        value = "what white (255) is before mean and std: 1, or 255 for a network that takes bytes;"
                                + " null: as preprocessing says",
                        initial = "null",
                        min = 0,
                        above = true,
                        max = 1e6)
                @Nullable
                Double scale,
        @Setting(
                        value = "taken off each channel, red first whatever the network's order, or one number for all;"
                                + " null: as preprocessing says",
                        initial = "null",
                        entries = 1,
                        repeatable = true)
                @Nullable
                List<Double> mean,
        @Setting(
                        value =
                                "each channel is divided by it, red first, or one number for all; null: as preprocessing"
                                        + " says",
                        initial = "null",
                        min = 0,
                        above = true,
                        entries = 1,
                        repeatable = true)
                @Nullable
                List<Double> std,
        @Setting(value = "order of the input's dimensions; auto: as the model states", initial = "auto") Order order,
        @Setting(
                        value = "order of the channels; auto: as preprocessing and loader say, otherwise rgb",
                        initial = "auto")
                Channels channels,
        @Setting(
                        value = "megabytes of memory that the network may take while it is tried in a process of its"
                                + " own, before it is run",
                        initial = "4096",
                        min = 256,
                        max = 1_000_000)
                int trialMemory,
        @Setting(value = "seconds that this trial may last", initial = "180", min = 1, max = 86_400) int trialSeconds) {

    /** The dimensions of a batch of images. */
    public enum Order {
        AUTO,
        NCHW,
        NHWC
    }

    /** The channels of an image. */
    public enum Channels {
        AUTO,
        RGB,
        BGR
    }

    /** The dimensions of a layer's activations. */
    public enum Layout {
        AUTO,
        NCHW,
        NHWC,
        TOKENS
    }

    /** What decodes and scales images. */
    public enum Loader {
        GAZECHECK,
        DATAVEC
    }
}
