package org.gazecheck.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Makes things in the background, a bounded number of them ahead, and hands them out in order. Closing it drops what was
 * not taken and waits until nothing runs any more.
 */
public final class Prefetcher<T> implements AutoCloseable {
    private final ExecutorService pool;
    private final Deque<Future<T>> ahead = new ArrayDeque<>();
    private final int lookahead;
    private Iterator<Callable<T>> left;

    /** Makes the thing of an index; called from several threads. */
    @FunctionalInterface
    public interface Make<T> {
        T make(int index) throws IOException;
    }

    /**
     * @param lookahead how many are made, or being made, before they are asked for
     * @param count how many there are
     */
    public Prefetcher(int threads, int lookahead, int count, Make<T> make) {
        this(
                threads,
                lookahead,
                IntStream.range(0, count)
                        .<Callable<T>>mapToObj(index -> () -> make.make(index))
                        .iterator());
    }

    /**
     * @param makers each makes one thing; they throw nothing checked but {@link IOException}, and are asked for in the
     *     thread that takes the things
     */
    public Prefetcher(int threads, int lookahead, Iterator<Callable<T>> makers) {
        this.pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "prefetch");
            thread.setDaemon(true);
            return thread;
        });
        this.lookahead = lookahead;
        this.left = makers;
        fill();
    }

    public boolean hasNext() {
        return !ahead.isEmpty();
    }

    /** The next thing; waits for it, and fails as its making failed. */
    public T next() throws IOException {
        try {
            T thing = ahead.removeFirst().get();
            fill();
            return thing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (IOException) e.getCause();
        }
    }

    private void fill() {
        while (ahead.size() < lookahead && left.hasNext()) {
            ahead.addLast(pool.submit(left.next()));
        }
    }

    @Override
    public void close() {
        left = Collections.emptyIterator();
        ahead.clear();
        pool.shutdownNow();
        boolean interrupted = false;
        while (true) {
            try {
                if (pool.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
