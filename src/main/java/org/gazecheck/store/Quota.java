package org.gazecheck.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much a store may hold. What is over it goes, the least recently used tables first and of those the oldest shards;
 * tables that anyone has open stay, so the rows of running work may exceed it for as long as the work lasts. The folders
 * are looked through when the store is first used, and again when what this process added since may have filled it.
 */
final class Quota {
    private static final Logger LOG = LoggerFactory.getLogger(Quota.class);
    /** What is cleared beyond the quota, and what is added before all is looked through once more, as a share of it. */
    private static final int SHARE = 20;

    private final Path store;
    private final long maxBytes;
    private long left = -1;

    Quota(Path store, long maxBytes) {
        this.store = store;
        this.maxBytes = maxBytes;
    }

    /** To be called before bytes are added. */
    synchronized void reserve(long bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            long held = shrink(bytes);
            left = Math.max(maxBytes - held - bytes, maxBytes / SHARE);
        }
    }

    private long shrink(long coming) throws IOException {
        List<StoredTable> tables = StoredTable.all(store);
        long held = tables.stream().mapToLong(StoredTable::bytes).sum();
        if (held + coming <= maxBytes) {
            return held;
        }
        long goal = held + coming - (maxBytes - maxBytes / SHARE);
        long removed = 0;
        for (StoredTable table : tables) {
            if (removed < goal) {
                removed += table.remove(goal - removed);
            }
        }
        if (removed > 0) {
            LOG.info(String.format(
                    Locale.ROOT,
                    "%s: the least recently used %.2f GB were removed (cache.maxSize %.2f GB)",
                    store,
                    removed / 1e9,
                    maxBytes / 1e9));
        }
        return held - removed;
    }
}
