package org.gazecheck.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log file of a run: everything that is logged at INFO and above, by libraries too, from {@link #attach} until it
 * is closed. Later runs append. It is not written through a link. Where the program that uses Gazecheck logs by something else than
 * Logback, there is no such file, and what is logged goes where that program sends it.
 */
public final class RunLog implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
    private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

    private final Closeable file;

    private RunLog(Closeable file) {
        this.file = file;
    }

    /** Begins to write to {@code file}; parents are made. */
    public static RunLog attach(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!LoggerFactory.getILoggerFactory().getClass().getName().equals(LOGBACK)) {
            LOG.info("{} is not written: this program does not log by Logback", file);
            return new RunLog(() -> {});
        }
        return new RunLog(new LogbackFile(file, opened(file)));
    }

    private static OutputStream opened(Path file) throws IOException {
        OwnFile.require(file);
        try {
            return Files.newOutputStream(
                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw Unwritable.explained(file, e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
