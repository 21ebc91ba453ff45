package org.gazecheck.cli;

import ch.qos.logback.classic.Level;
import java.io.PrintWriter;
import java.io.Writer;
import org.gazecheck.progress.Progress;

/** What the person at the keyboard sees: results on standard output, everything else on standard error. */
final class Console implements AutoCloseable {
    private final PrintWriter out;
    private final ConsoleProgress progress;
    private final ConsoleLog log;
    private final boolean quiet;

    Console(PrintWriter out, ConsoleProgress progress, boolean quiet, boolean verbose) {
        this.out = out;
        this.progress = progress;
        this.quiet = quiet;
        this.log = ConsoleLog.attach(progress, quiet ? Level.ERROR : verbose ? Level.INFO : Level.WARN);
    }

    /** A line of what was asked for. */
    void result(String text) {
        out.println(text);
        out.flush();
    }

    /** Where results of any length go. */
    Writer output() {
        return new StandardOutput(out);
    }

    /** A line about something that went wrong; shown whatever is asked for. */
    void problem(String text) {
        progress.message(text);
    }

    Progress progress() {
        return quiet ? Progress.SILENT : progress;
    }

    @Override
    public void close() {
        log.detach();
    }
}
