package org.gazecheck.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.gazecheck.failure.GazecheckException;

/** Standard output as a writer that fails when its reader is gone, so that long work for nobody ends. */
final class StandardOutput extends Writer {
    private final PrintWriter out;

    StandardOutput(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void write(char[] text, int from, int length) {
        out.write(text, from, length);
    }

    @Override
    public void flush() throws IOException {
        if (out.checkError()) {
            throw new GazecheckException(
                    "standard output cannot be written to: its reader is gone, or the disk is full");
        }
    }

    /** The stream stays open for others. */
    @Override
    public void close() throws IOException {
        flush();
    }
}
