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
        @Setting(value = "pixels to which the short side is resized; 0: as crop", initial = "0", min = 0, max = 16_384)
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
        @Setting(value = "order of the input's dimensions; auto: as the model states", initial = "auto") Order order,
        @Setting(value = "order of the channels", initial = "rgb") Channels channels,
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
        RGB,
        BGR
    }
}
