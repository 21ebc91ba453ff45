package org.gazecheck.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of commands on single images for a network that others trained. */
final class OthersOptions {
    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Of a network that others trained: class names, one a line, in the order of its outputs"
                    + " (default: their indices).")
    private Path labels;

    @Option(names = "--output", paramLabel = "OUTPUT", description = "As --logits.")
    private String output;

    @Option(
            names = "--write-decisions",
            paramLabel = "FILE",
            description = "Write how the network is taken (layer, scores, preprocessing), for --decisions.")
    private Path written;

    @ArgGroup(exclusive = false, heading = "%nHow a network that others trained is taken:%n")
    private NetworkOptions network;

    /** {@code external.key=value}; of two with one key the later counts. */
    List<String> settings() throws IOException {
        List<String> settings = new ArrayList<>(network == null ? List.of() : network.settings());
        NetworkOptions.add(settings, "labels", labels);
        NetworkOptions.add(settings, "output", output);
        return settings;
    }

    Optional<Path> written() {
        return Optional.ofNullable(written);
    }
}
