package org.gazecheck.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.gazecheck.config.ConfigurationException;
import picocli.CommandLine.Option;

/** Which store a command is about. */
final class CacheFolder {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The store, as cache.dir of the configuration (default: ${DEFAULT-VALUE}).",
            defaultValue = "data/cache")
    private Path dir;

    /** @throws ConfigurationException when there is no such folder */
    Path existing() throws ConfigurationException {
        if (!Files.isDirectory(dir)) {
            throw new ConfigurationException(
                    java.util.List.of("there is no folder " + dir + ": name the store (cache.dir) with --dir"));
        }
        return dir;
    }
}
