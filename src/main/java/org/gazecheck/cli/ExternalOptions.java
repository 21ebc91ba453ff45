package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.ConfigurationReader;
import picocli.CommandLine.Option;

/** The options of an audit of an external network: each is short for a key of the configuration. */
final class ExternalOptions {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE",
            description = "The network: an ONNX classifier (.onnx), or an archive of Deeplearning4j (.zip).")
    private Path model;

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "FILE",
            description = "Class names, one a line, in the order of the network's outputs.")
    private Path labels;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Images as CLASS/..., all of them test, or as train|val|test/CLASS/...")
    private Path data;

    @Option(
            names = "--masks",
            paramLabel = "DIR",
            description = "Masks under the same paths; docs/data.md says how they are read.")
    private Path masks;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The run folder (default: reports/NAME, with the model file's name).")
    private Path output;

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            description = "The layer that heatmaps are of: a value's or node's name, the module whose output it is"
                    + " (layer4.1.conv2), or its place from the end (-1); see gazecheck layers (default: the last).")
    private String layer;

    @Option(
            names = "--logits",
            paramLabel = "OUTPUT",
            description = "The output that holds the logits, of a network that has several.")
    private String logits;

    @Option(names = "--size", paramLabel = "PX", description = "Short side is resized to this (default: as --crop).")
    private String size;

    @Option(
            names = "--crop",
            paramLabel = "PX",
            description = "Side of the centre crop (default: what the model fixes, otherwise 224).")
    private String crop;

    @Option(
            names = "--scale",
            paramLabel = "X",
            description = "What white is before mean and std: 1, or 255 (default: 1).")
    private String scale;

    @Option(
            names = "--mean",
            paramLabel = "R,G,B",
            description = "Taken off each channel (default: 0.485,0.456,0.406).")
    private String mean;

    @Option(
            names = "--std",
            paramLabel = "R,G,B",
            description = "Each channel is divided by it (default: 0.229,0.224,0.225).")
    private String std;

    @Option(names = "--order", paramLabel = "ORDER", description = "nchw, nhwc or auto (default: auto).")
    private String order;

    @Option(names = "--channels", paramLabel = "ORDER", description = "rgb or bgr (default: rgb).")
    private String channels;

    /**
     * @param overrides {@code key=value}, which count more
     * @throws ConfigurationException listing every mistake
     */
    Configuration configuration(List<String> overrides) throws ConfigurationException {
        List<String> settings = new ArrayList<>(
                List.of("data.source=folder", "data.valShare=0", "data.testShare=1", "evaluate.temperature=false"));
        add(settings, "data.dir", data);
        add(settings, "data.masks", masks);
        add(settings, "output.dir", output);
        add(settings, "external.model", model);
        add(settings, "external.labels", labels);
        add(settings, "external.layer", layer);
        add(settings, "external.output", logits);
        add(settings, "external.size", size);
        add(settings, "external.crop", crop);
        add(settings, "external.scale", scale);
        add(settings, "external.mean", mean);
        add(settings, "external.std", std);
        add(settings, "external.order", order);
        add(settings, "external.channels", channels);
        settings.addAll(overrides);
        String file = String.valueOf(model.getFileName());
        int dot = file.lastIndexOf('.');
        return ConfigurationReader.of(dot > 0 ? file.substring(0, dot) : file, settings);
    }

    private static void add(List<String> settings, String key, Object value) {
        if (value != null) {
            settings.add(key + "=" + value);
        }
    }
}
