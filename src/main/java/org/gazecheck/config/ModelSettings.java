package org.gazecheck.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which network. */
public record ModelSettings(
        @Setting(
                        value = "a finished run whose network is taken as it is: nothing is trained, and every"
                                + " label must"
                                + " be one of its classes",
                        initial = "null")
                @Nullable
                Path run,
        @Setting(
                        value = "pre-trained weights: a .safetensors or .pth file of a ResNet in the naming"
                                + " of torchvision, timm or Hugging Face (docs/data.md); or a"
                                + " name, of which"
                                + " the file is downloaded: resnet18-f37072fd, resnet34-b627a593,"
                                + " resnet50-0676ba61, resnet101-63fe2227, resnet152-394f9c45"
                                + " (torchvision's own), zoo-resnet50 (of DL4J's zoo, also as a .zip"
                                + " file; its"
                                + " own head, in the zoo a 3x3 max pooling and a dense layer over what"
                                + " is left,"
                                + " is not used); without one, training starts from random weights",
                        initial = "null")
                @Nullable
                Path weights,
        @Setting(
                        value =
                                "which network, where the weights' file holds more than one: what stands in front of its"
                                        + " names, or a part of that which no other has, such as teacher or encoder_q; null: the"
                                        + " only one",
                        initial = "null")
                @Nullable
                String weightsPrefix,
        @Setting(value = "where named weights are kept, and downloaded to", initial = "data/weights") Path dir,
        @Setting(value = "whether named weights that are not there are fetched", initial = "true") boolean download,
        @Setting(
                        value = "web address of a folder from which named weights are fetched, in place of their"
                                + " publishers'",
                        initial = "null")
                @Nullable
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
                @Nullable
                Boolean strideInFirst,
        @Setting(
                        value = "pixels at which images are taken: short side to this, centre crop to this",
                        initial = "224",
                        min = 32,
                        max = 2048)
                int size) {}
