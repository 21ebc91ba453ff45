package org.gazecheck.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import picocli.CommandLine.ArgGroup;
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

    @ArgGroup(exclusive = false, heading = "%nHow it is taken:%n")
    private NetworkOptions network;

    /**
     * @param overrides {@code key=value}, which count more
     * @throws org.gazecheck.config.ConfigurationException listing every mistake
     */
    Configuration configuration(List<String> overrides) throws IOException {
        List<String> settings = new ArrayList<>(
                List.of("data.source=folder", "data.valShare=0", "data.testShare=1", "evaluate.temperature=false"));
        add(settings, "data.dir", data);
        add(settings, "data.masks", masks);
        add(settings, "output.dir", output);
        if (network != null) {
            settings.addAll(network.settings());
        }
        add(settings, "external.model", model);
        add(settings, "external.labels", labels);
        add(settings, "external.layer", layer);
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
