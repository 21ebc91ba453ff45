package org.gazecheck.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a network that others trained is taken: each option is short for a key of the section external. */
final class NetworkOptions {
    private static final long LARGEST = 1 << 20;
    private static final String SECTION = "external.";

    @Option(
            names = "--preprocessing",
            paramLabel = "NAME",
            description = "What it was trained with: imagenet, keras-caffe, keras-tf, clip, none (values from 0 to 1),"
                    + " dl4j-vgg16, or auto: an archive's own normaliser, otherwise torchvision's mean and std, which is"
                    + " told (default: auto). The following count more.")
    private String preprocessing;

    @Option(names = "--scale", paramLabel = "X", description = "What white is before mean and std: 1, or 255.")
    private String scale;

    @Option(
            names = "--mean",
            paramLabel = "R,G,B",
            description = "Taken off each channel, red first, or one number for all.")
    private String mean;

    @Option(
            names = "--std",
            paramLabel = "R,G,B",
            description = "Each channel is divided by it, red first, or one number for all.")
    private String std;

    @Option(
            names = {"--size", "--resize"},
            paramLabel = "PX",
            description = "Short side is resized to this (default: as --crop; 256 for 224 with --preprocessing"
                    + " imagenet).")
    private String size;

    @Option(
            names = "--crop",
            paramLabel = "PX",
            description = "Side of the centre crop (default: what the model fixes, otherwise 224).")
    private String crop;

    @Option(names = "--order", paramLabel = "ORDER", description = "nchw, nhwc or auto (default: auto).")
    private String order;

    @Option(
            names = "--channels",
            paramLabel = "ORDER",
            description = "rgb or bgr (default: as preprocessing and loader say, otherwise rgb).")
    private String channels;

    @Option(
            names = "--loader",
            paramLabel = "NAME",
            description =
                    "datavec decodes and scales images as Deeplearning4j's NativeImageLoader does; for explain and"
                            + " predict (default: gazecheck, as torchvision does).")
    private String loader;

    @Option(
            names = "--logits",
            paramLabel = "OUTPUT",
            description = "The output that holds the logits, of a network that has several.")
    private String logits;

    @Option(
            names = "--layout",
            paramLabel = "ORDER",
            description = "How the layer holds its maps: nchw, nhwc or tokens (default: as is found out).")
    private String layout;

    @Option(
            names = "--grid",
            paramLabel = "HxW",
            description = "Rows and columns of tokens; those before them are left out (default: as is found out).")
    private String grid;

    @Option(
            names = "--decisions",
            paramLabel = "FILE",
            description = "Take it as a file says that --write-decisions wrote; options count more.")
    private Path decisions;

    /**
     * @return {@code external.key=value}; of two with one key the later counts
     * @throws GazecheckException if the file of decisions is none
     */
    List<String> settings() throws IOException {
        List<String> settings = new ArrayList<>();
        if (decisions != null) {
            settings.addAll(decided());
        }
        add(settings, "preprocessing", preprocessing);
        add(settings, "scale", scale);
        add(settings, "mean", mean);
        add(settings, "std", std);
        add(settings, "size", size);
        add(settings, "crop", crop);
        add(settings, "order", order);
        add(settings, "channels", channels);
        add(settings, "loader", loader);
        add(settings, "output", logits);
        add(settings, "layout", layout);
        add(settings, "grid", grid == null ? null : grid.replace('X', 'x'));
        return settings;
    }

    static void add(List<String> settings, String key, @Nullable Object value) {
        if (value != null) {
            settings.add(SECTION + key + "=" + value);
        }
    }

    private List<String> decided() throws IOException {
        if (!Files.isRegularFile(decisions) || Files.size(decisions) > LARGEST) {
            throw refused("is not a file of decisions, with lines such as external.crop=224");
        }
        List<String> settings = new ArrayList<>();
        try {
            for (String line :
                    Files.readString(decisions, StandardCharsets.UTF_8).lines().toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    if (!line.startsWith(SECTION) || !line.contains("=")) {
                        throw refused("has the line '" + Printable.of(line)
                                + "', where one such as external.crop=224 is expected");
                    }
                    settings.add(line.strip());
                }
            }
        } catch (CharacterCodingException e) {
            throw refused("is not UTF-8 text");
        }
        return settings;
    }

    private GazecheckException refused(String why) {
        return new GazecheckException(FailureKind.USAGE, "--decisions " + decisions + " " + why);
    }
}
