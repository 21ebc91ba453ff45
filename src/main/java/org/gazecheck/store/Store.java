package org.gazecheck.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Rows computed once and kept: {@code <folder>/<kind>/<hash of context>/shard-*.bin}. A shard is written whole or not at
 * all, is never changed, and carries its keys and a checksum; a damaged one is set aside and its rows are computed again.
 */
public final class Store {
    private final Path folder;

    public Store(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens the rows of one kind under one context.
     *
     * @param context everything that the rows' content depends on besides the row's key (weights hash, preprocessing,
     *     engine, method, version of the algorithm); kept beside the shards as text
     * @param rowLength numbers in a row
     */
    public Table open(String kind, String context, Encoding encoding, int rowLength) throws IOException {
        return Table.open(folder.resolve(kind), context, encoding, rowLength);
    }
}
