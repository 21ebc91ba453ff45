package org.gazecheck.io;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.gazecheck.failure.GazecheckException;
import org.slf4j.LoggerFactory;

/**
 * The log file of a run: everything that is logged at INFO and above, by libraries too, from {@link #attach} until it
 * is closed. Later runs append. It is not written through a link.
 */
public final class RunLog implements Closeable {
    private static final String PATTERN =
            "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\", UTC} %-5level [%thread] %logger{30} - %msg%n%ex";

    private final Logger root;
    private final OutputStreamAppender<ILoggingEvent> appender;

    private RunLog(Logger root, OutputStreamAppender<ILoggingEvent> appender) {
        this.root = root;
        this.appender = appender;
    }

    /** Begins to write to {@code file}; parents are made. */
    public static RunLog attach(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(PATTERN);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setName(file.toString());
        appender.setEncoder(encoder);
        appender.setOutputStream(opened(file));
        appender.start();
        if (!appender.isStarted()) {
            throw new GazecheckException("cannot write the log file " + file);
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        return new RunLog(root, appender);
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
    public void close() {
        root.detachAppender(appender);
        appender.stop();
    }
}
