package org.gazecheck.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.gazecheck.progress.Progress;

/**
 * Progress for people: on a terminal one bar, of the work begun last, drawn at most ten times a second; otherwise plain
 * lines, one at every quarter and every ten seconds.
 */
final class ConsoleProgress implements Progress {
    private static final long REDRAW = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LINE = TimeUnit.SECONDS.toNanos(10);
    private static final long QUARTER_LINE = TimeUnit.SECONDS.toNanos(2);
    private static final String ERASE = "\r\033[2K";

    private final PrintWriter err;
    private final boolean terminal;
    private final int columns;
    private final LongSupplier nanos;
    private final List<Bar> active = new ArrayList<>();
    private long drawn;
    private boolean visible;

    /** @param nanos the time, as {@link System#nanoTime} */
    ConsoleProgress(PrintWriter err, boolean terminal, int columns, LongSupplier nanos) {
        this.err = err;
        this.terminal = terminal;
        this.columns = columns;
        this.nanos = nanos;
        this.drawn = nanos.getAsLong() - REDRAW;
    }

    @Override
    public synchronized Task start(String name, long total) {
        Bar bar = new Bar(new Count(name, total, nanos.getAsLong()));
        active.add(bar);
        draw();
        return bar;
    }

    @Override
    public synchronized void message(String text) {
        erase();
        err.println(text);
        err.flush();
        drawn = nanos.getAsLong() - REDRAW;
        draw();
    }

    private void draw() {
        long now = nanos.getAsLong();
        if (terminal && !active.isEmpty() && now - drawn >= REDRAW) {
            String line = active.get(active.size() - 1).count.bar(now);
            err.print(ERASE + line.substring(0, Math.min(line.length(), columns - 1)));
            err.flush();
            drawn = now;
            visible = true;
        }
    }

    private void erase() {
        if (visible) {
            err.print(ERASE);
            visible = false;
        }
    }

    private final class Bar implements Task {
        private final Count count;
        private long reported;
        private int quarter;
        private boolean closed;

        Bar(Count count) {
            this.count = count;
            this.reported = count.started();
        }

        @Override
        public void advance(long steps) {
            synchronized (ConsoleProgress.this) {
                count.advance(steps);
                if (terminal) {
                    draw();
                } else {
                    tell();
                }
            }
        }

        private void tell() {
            long now = nanos.getAsLong();
            boolean newQuarter = count.quarter() > quarter && now - reported >= QUARTER_LINE;
            if (!count.complete() && (newQuarter || now - reported >= LINE)) {
                reported = now;
                quarter = count.quarter();
                err.println(count.line(now));
                err.flush();
            }
        }

        @Override
        public void close() {
            synchronized (ConsoleProgress.this) {
                if (closed) {
                    return;
                }
                closed = true;
                active.remove(this);
                erase();
                if (count.begun()) {
                    err.println(count.summary(nanos.getAsLong()));
                    err.flush();
                }
                draw();
            }
        }
    }
}
