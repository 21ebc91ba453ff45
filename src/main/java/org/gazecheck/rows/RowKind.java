package org.gazecheck.rows;

import org.gazecheck.store.Encoding;

/**
 * A kind of row: a pure function of an image's bytes and of what the context says. It opens no file, starts no
 * more threads than it is told to, and gives an image the same row to the last bit in whatever company. Rows are kept under
 * context and key: here in the store, elsewhere wherever there is place.
 *
 * @param <I> what a row is computed of: a {@link RowImage}, or several
 * @param <A> an array: {@code float[]}, {@code double[]} or {@code byte[]}, as the encoding has it
 */
public interface RowKind<I, A> {
    /** Name of the tables that hold such rows: lower-case letters. */
    String name();

    /**
     * Everything that a row's content depends on besides its key: version, weights, preprocessing, engine, settings, and the contexts
     * of the rows that it builds on.
     */
    String context();

    /** What tells the row from those of other images. */
    String key(I of);

    Encoding encoding();

    /** Numbers in a row. */
    int rowLength();

    /** Class of a row. */
    Class<A> type();

    /**
     * Ready to compute; what is costly to open is opened once.
     *
     * @param threads that it may use, at least 1; 0, where this program has the machine for itself: as many as there are cores
     */
    RowPass<I, A> open(int threads);
}
