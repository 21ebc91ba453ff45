package org.gazecheck.serve;

import com.sun.net.httpserver.HttpExchange;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends the connections of clients that take their replies too slowly: below 64 KiB a second, after a while for anybody. */
final class Deadlines implements AutoCloseable {
    private static final long MILLISECONDS = 20_000;
    private static final long BYTES_A_MILLISECOND = 64;

    private final ScheduledExecutorService timer;

    Deadlines() {
        ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "deadlines");
            thread.setDaemon(true);
            return thread;
        });
        one.setRemoveOnCancelPolicy(true);
        timer = one;
    }

    /** A reply under way. */
    record Running(Future<?> end) implements AutoCloseable {
        @Override
        public void close() {
            end.cancel(false);
        }
    }

    /** Closes the exchange unless it is done in time. */
    Running of(HttpExchange exchange, long bytes) {
        return new Running(
                timer.schedule(exchange::close, MILLISECONDS + bytes / BYTES_A_MILLISECOND, TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
