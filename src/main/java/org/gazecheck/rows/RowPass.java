package org.gazecheck.rows;

import java.io.IOException;
import java.lang.reflect.Array;
import java.util.List;

/** Computes rows of one kind, for one thread at a time. */
public interface RowPass<I, A> extends AutoCloseable {
    /**
     * @return [images, row length]
     * @throws IOException when an image or its mask cannot be decoded
     */
    A compute(List<I> images) throws IOException;

    @Override
    void close();

    /** Computes the row of one image. */
    @FunctionalInterface
    interface One<I, A> {
        A row(I of) throws IOException;
    }

    /** Rows that are computed one after the other, by the thread that asks. */
    static <I, A> RowPass<I, A> oneByOne(RowKind<I, A> kind, One<I, A> one) {
        return new RowPass<>() {
            @Override
            public A compute(List<I> images) throws IOException {
                int length = kind.rowLength();
                A rows = kind.type()
                        .cast(Array.newInstance(
                                kind.type().getComponentType(), Math.multiplyExact(images.size(), length)));
                for (int i = 0; i < images.size(); i++) {
                    System.arraycopy(one.row(images.get(i)), 0, rows, i * length, length);
                }
                return rows;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
