package org.gazecheck.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Rows computed once and kept: {@code <folder>/<kind>/<hash of context>/shard-*.bin}. A shard is written whole or not at
 * all, is never changed, and carries its keys and checksums; a damaged one is removed and its rows are computed again.
 */
public final class Store {
    private final Path folder;
    private final Quota quota;

    /** A store without a quota. */
    public Store(Path folder) {
        this(folder, Long.MAX_VALUE);
    }

    /** @param maxBytes what it may hold; tables that are open are never removed from, whoever opened them */
    public Store(Path folder, long maxBytes) {
        this.folder = folder;
        this.quota = new Quota(folder, maxBytes);
    }

    /**
     * Opens the rows of one kind under one context.
     *
     * @param context everything that the rows' content depends on besides the row's key (weights hash, preprocessing,
     *     engine, method, version of the algorithm); kept beside the shards as text
     * @param rowLength numbers in a row
     */
    public Table open(String kind, String context, Encoding encoding, int rowLength) throws IOException {
        Table table = Table.open(folder.resolve(kind), context, encoding, rowLength, quota);
        try {
            quota.reserve(0);
        } catch (IOException e) {
            table.close();
            throw e;
        }
        return table;
    }

    /** Opens rows to be read, as {@link #open} does; empty where nothing was ever kept of them. */
    public Optional<Table> find(String kind, String context, Encoding encoding, int rowLength) throws IOException {
        return Table.exists(folder.resolve(kind), context, encoding, rowLength)
                ? Optional.of(open(kind, context, encoding, rowLength))
                : Optional.empty();
    }

    /** All tables, the least recently used first. */
    public List<StoredTable> tables() throws IOException {
        return StoredTable.all(folder);
    }
}
