package org.gazecheck.spark;

import org.gazecheck.progress.Progress;

/** Lines on standard error; how far a job is, Spark's own page shows. */
final class JobProgress implements Progress {
    @Override
    public Task start(String name, long total) {
        return steps -> {};
    }

    @Override
    public void message(String text) {
        System.err.println(text);
    }
}
