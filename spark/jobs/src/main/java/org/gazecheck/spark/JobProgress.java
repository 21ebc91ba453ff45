package org.gazecheck.spark;

import java.util.HashSet;
import java.util.Set;
import org.gazecheck.progress.Progress;

/** Lines on standard error, what is assumed once; how far a job is, Spark's own page shows. */
final class JobProgress implements Progress {
    private final Set<String> assumed = new HashSet<>();

    @Override
    public Task start(String name, long total) {
        return steps -> {};
    }

    @Override
    public synchronized void message(String text) {
        if (!text.startsWith("assumed: ") || assumed.add(text)) {
            System.err.println(text);
        }
    }
}
