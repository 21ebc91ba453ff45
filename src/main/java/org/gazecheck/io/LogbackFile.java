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
import java.nio.file.Path;
import org.gazecheck.failure.GazecheckException;
import org.slf4j.LoggerFactory;

/** A file that Logback writes to. Loaded only where the program logs by it. */
final class LogbackFile implements Closeable {
    private static final String PATTERN =
            "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\", UTC} %-5level [%thread] %logger{30} - %msg%n%ex";

    private final Logger root;
    private final OutputStreamAppender<ILoggingEvent> appender;

    /** @param out of the file; closed with this */
    LogbackFile(Path file, OutputStream out) throws IOException {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(PATTERN);
        encoder.start();
        appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setName(file.toString());
        appender.setEncoder(encoder);
        appender.setOutputStream(out);
        appender.start();
        if (!appender.isStarted()) {
            throw new GazecheckException("cannot write the log file " + file);
        }
        root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
    }
}
