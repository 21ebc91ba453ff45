package org.gazecheck.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Locale;
import org.gazecheck.progress.Progress;
import org.slf4j.LoggerFactory;

/** Shows what Gazecheck itself logs between the bars; libraries speak to the log file only. */
final class ConsoleLog extends AppenderBase<ILoggingEvent> {
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.gazecheck");
    private final Progress progress;
    private final Level least;

    private ConsoleLog(Progress progress, Level least) {
        this.progress = progress;
        this.least = least;
    }

    static ConsoleLog attach(Progress progress, Level least) {
        ConsoleLog log = new ConsoleLog(progress, least);
        log.setContext(log.logger.getLoggerContext());
        log.start();
        log.logger.addAppender(log);
        return log;
    }

    void detach() {
        logger.detachAppender(this);
        stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(least)) {
            progress.message(event.getLevel().toString().toLowerCase(Locale.ROOT) + ": " + event.getFormattedMessage());
        }
    }
}
