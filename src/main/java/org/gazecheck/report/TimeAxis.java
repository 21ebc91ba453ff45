package org.gazecheck.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.report.page.Page.Tick;

/**
 * A horizontal axis of time, in UTC.
 *
 * @param left coordinate of {@code from}
 * @param width from {@code from} to {@code to}
 */
record TimeAxis(Instant from, Instant to, double left, double width) {
    static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int TICKS = 5;

    /** @param oldestFirst at least one */
    static TimeAxis over(List<RecordedRun> oldestFirst, double left, double width) {
        return new TimeAxis(
                oldestFirst.get(0).ended(),
                oldestFirst.get(oldestFirst.size() - 1).ended(),
                left,
                width);
    }

    double x(Instant time) {
        double span = Duration.between(from, to).toMillis();
        return span == 0
                ? left + width / 2
                : left + width * Duration.between(from, time).toMillis() / span;
    }

    /** Evenly spaced, away from the ends; days where the span is long enough. */
    List<Tick> ticks() {
        Duration span = Duration.between(from, to);
        DateTimeFormatter format = span.toDays() < TICKS ? HOUR : DAY;
        int ticks = span.isZero() ? 1 : TICKS;
        return IntStream.range(0, ticks)
                .mapToObj(i -> from.plus(span.multipliedBy(2L * i + 1).dividedBy(2L * ticks)))
                .map(at -> new Tick(Numbers.coordinate(x(at)), format.format(at)))
                .toList();
    }
}
