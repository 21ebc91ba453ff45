package org.gazecheck.progress;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes progress on, and logs of each piece of work how many steps it made in how many seconds. */
public record LoggedProgress(Progress next) implements Progress {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedProgress.class);
    private static final double NANOS = 1e9;

    @Override
    public Task start(String name, long total) {
        return new LoggedTask(name, next.start(name, total), new LongAdder(), System.nanoTime());
    }

    @Override
    public void message(String text) {
        next.message(text);
    }

    private record LoggedTask(String name, Task next, LongAdder steps, long began) implements Task {
        @Override
        public void advance(long further) {
            steps.add(further);
            next.advance(further);
        }

        @Override
        public void close() {
            next.close();
            LOG.info(String.format(
                    Locale.ROOT, "%s: %d in %.1f s", name, steps.sum(), (System.nanoTime() - began) / NANOS));
        }
    }
}
