package org.gazecheck.network.onnx.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that divide numbered pieces of work; made when there are first several pieces. */
final class Workers implements AutoCloseable {
    private final int threads;
    private final ExecutorService pool;

    /** @param threads at least 1 */
    Workers(int threads) {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "inference");
            thread.setDaemon(true);
            return thread;
        });
    }

    int threads() {
        return threads;
    }

    /**
     * Does all pieces, and waits for them.
     *
     * @throws OnnxFailure if one fails, when none is under way any more
     */
    void each(int pieces, IntConsumer work) {
        if (pieces == 1) {
            work.accept(0);
            return;
        }
        AtomicInteger next = new AtomicInteger();
        CompletableFuture<?>[] all = new CompletableFuture<?>[Math.min(threads, pieces)];
        for (int w = 0; w < all.length; w++) {
            all[w] = CompletableFuture.runAsync(
                    () -> {
                        for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
                            work.accept(piece);
                        }
                    },
                    pool);
        }
        try {
            CompletableFuture.allOf(all).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof OnnxFailure failed ? failed : e;
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
