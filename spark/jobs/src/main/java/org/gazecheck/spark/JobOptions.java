package org.gazecheck.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every job is told. */
final class JobOptions {
    @Parameters(paramLabel = "CONFIG", description = "The configuration file of the run.")
    private Path configuration;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the configuration (docs/configuration.md); repeatable.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--rows",
            paramLabel = "URI",
            description = "Where Parquet lies, such as s3a://bucket/rows; by default the folder 'spark' in cache.dir.")
    private String rows;

    @Option(
            names = "--file-images",
            paramLabel = "N",
            defaultValue = "500",
            description = "Images in a file of Parquet, which is also a task's work (default: ${DEFAULT-VALUE}).")
    private int imagesInFile;

    @Option(
            names = "--wave-images",
            paramLabel = "N",
            defaultValue = "50000",
            description =
                    "Images after which rows are committed: what a dead driver loses (default: ${DEFAULT-VALUE}).")
    private int imagesInWave;

    Configuration configuration() throws IOException {
        return ConfigurationReader.read(configuration, assignments);
    }

    String rows(Configuration resolved) {
        return rows != null
                ? rows
                : resolved.cache()
                        .dir()
                        .resolve("spark")
                        .toAbsolutePath()
                        .toUri()
                        .toString();
    }

    int imagesInFile() {
        return Math.max(1, imagesInFile);
    }

    int imagesInWave() {
        return Math.max(1, imagesInWave);
    }
}
