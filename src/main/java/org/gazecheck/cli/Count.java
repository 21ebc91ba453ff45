package org.gazecheck.cli;

import java.util.Locale;

/** How far a counted piece of work is, in words and as a bar. Not thread-safe. */
final class Count {
    private static final int WIDTH = 24;

    private final String name;
    private final long total;
    private final long started;
    private long done;

    /**
     * @param total 0 when unknown
     * @param started in nanoseconds
     */
    Count(String name, long total, long started) {
        this.name = name;
        this.total = total;
        this.started = started;
    }

    void advance(long steps) {
        done += steps;
    }

    long started() {
        return started;
    }

    boolean begun() {
        return done > 0;
    }

    boolean complete() {
        return total > 0 && done >= total;
    }

    /** Whole quarters done, 0 to 4; 0 when the total is unknown. */
    int quarter() {
        return total > 0 ? (int) Math.min(4, 4 * done / total) : 0;
    }

    String bar(long now) {
        if (total <= 0) {
            return name + "  " + done + "  " + rate(now);
        }
        int filled = (int) Math.min(WIDTH, WIDTH * done / total);
        return name + "  [" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "]  " + counts(now);
    }

    String line(long now) {
        return name + ": " + (total > 0 ? counts(now) : done + "  " + rate(now));
    }

    String summary(long now) {
        return "%s: %d in %s, %s".formatted(name, done, time(seconds(now)), rate(now));
    }

    private String counts(long now) {
        String counts = "%d/%d  %s".formatted(done, total, rate(now));
        return done == 0 ? counts : counts + "  " + time(seconds(now) * Math.max(0, total - done) / done) + " left";
    }

    private double seconds(long now) {
        return (now - started) / 1e9;
    }

    private String rate(long now) {
        double rate = done / Math.max(seconds(now), 1e-3);
        if (rate >= 10 || rate == 0) {
            return Math.round(rate) + "/s";
        }
        return rate >= 0.5
                ? String.format(Locale.ROOT, "%.1f/s", rate)
                : String.format(Locale.ROOT, "%.1f s each", 1 / rate);
    }

    /** {@code 0:07}, {@code 12:30}, {@code 1:02:03}. */
    private static String time(double seconds) {
        long s = Math.round(seconds);
        return s < 3600 ? "%d:%02d".formatted(s / 60, s % 60) : "%d:%02d:%02d".formatted(s / 3600, s / 60 % 60, s % 60);
    }
}
