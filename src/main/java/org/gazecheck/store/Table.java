package org.gazecheck.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.progress.Progress;

/** Rows of one kind under one context, by key. Reading is safe from several threads. */
public final class Table implements Closeable {
    /** Computes the rows of a few images. */
    @FunctionalInterface
    public interface Rows {
        /**
         * @param indices which of the keys given to {@link #compute}
         * @param out receives [indices.length, rowLength]
         */
        void compute(int[] indices, float[] out) throws IOException;
    }

    static Table open(Path folder, String context, Encoding encoding, int rowLength) throws IOException {
        throw new UnsupportedOperationException();
    }

    public boolean contains(String key) {
        throw new UnsupportedOperationException();
    }

    /** How many of the keys have no row yet. */
    public int missing(List<String> keys) {
        throw new UnsupportedOperationException();
    }

    /**
     * Computes and keeps the rows that are missing, shard by shard; what was finished before a kill is not computed
     * again.
     *
     * @param shardRows rows in a shard: what is held in memory, and lost by a kill, at most
     * @param task advanced by one for every key, present ones included
     */
    public void compute(List<String> keys, int shardRows, Rows rows, Progress.Task task) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Reads the row of {@code key} into {@code out} from {@code offset} on. */
    public void read(String key, float[] out, int offset) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws IOException {}
}
