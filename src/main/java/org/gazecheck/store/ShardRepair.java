package org.gazecheck.store;

import java.io.IOException;
import java.util.List;
import org.gazecheck.failure.GazecheckException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that reads rows and survives damaged ones: their shard is removed, its rows are computed again, and the work is repeated. */
public final class ShardRepair {
    private static final Logger LOG = LoggerFactory.getLogger(ShardRepair.class);
    private static final int ATTEMPTS = 5;

    private ShardRepair() {}

    /** Computes the rows that are missing. */
    @FunctionalInterface
    public interface Rows {
        void compute() throws IOException;
    }

    /** Reads rows; starts from the beginning when it is called again. */
    @FunctionalInterface
    public interface Work<T> {
        T of() throws IOException;
    }

    /**
     * Computes rows, then works with them, both again as long as a row turns out to be damaged.
     *
     * @param tables all that the work reads from
     * @throws IOException after the fifth time: then it is the disk
     */
    public static <T> T of(List<Table> tables, Rows rows, Work<T> work) throws IOException {
        for (int attempt = 1; ; attempt++) {
            rows.compute();
            try {
                return work.of();
            } catch (DamagedShardException e) {
                if (attempt == ATTEMPTS) {
                    throw new GazecheckException(
                            e.getMessage()
                                    + ", as others before it in this run: the disk does not store reliably what is written;"
                                    + " set cache.dir to another one",
                            e);
                }
                LOG.warn("{}: its rows are computed again", e.getMessage());
                for (Table table : tables) {
                    table.reload();
                }
            }
        }
    }
}
