package org.gazecheck.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.rows.RowKind;
import org.gazecheck.store.Encoding;
import org.gazecheck.store.Store;
import org.gazecheck.store.Table;

/** Rows from Parquet into the single machine's store, bit for bit. */
final class StoredRows {
    private static final int SHARD_ROWS = 512;

    private StoredRows() {}

    /**
     * Keeps those that are not there.
     *
     * @param rows key and bytes
     * @return how many they were
     */
    static long keep(Store store, RowKind<?, ?> kind, Iterator<Row> rows) throws IOException {
        try (Table table = store.open(kind.name(), kind.context(), kind.encoding(), kind.rowLength())) {
            int width = kind.encoding() == Encoding.FLOAT64 ? Double.BYTES : Float.BYTES;
            Map<String, byte[]> shard = new LinkedHashMap<>();
            long kept = 0;
            while (rows.hasNext()) {
                Row row = rows.next();
                byte[] bytes = row.getAs(1);
                if (bytes.length != width * kind.rowLength()) {
                    throw new GazecheckException(
                            FailureKind.INVALID_DATA,
                            "the row of " + row.getString(0) + " has " + bytes.length + " bytes, not "
                                    + width * kind.rowLength());
                }
                if (!table.contains(row.getString(0))) {
                    shard.put(row.getString(0), bytes);
                }
                if (shard.size() == SHARD_ROWS || !rows.hasNext() && !shard.isEmpty()) {
                    append(table, kind.encoding(), shard);
                    kept += shard.size();
                    shard.clear();
                }
            }
            return kept;
        }
    }

    private static void append(Table table, Encoding encoding, Map<String, byte[]> shard) throws IOException {
        List<String> keys = List.copyOf(shard.keySet());
        int numbers = keys.size() * table.rowLength();
        ByteBuffer all = ByteBuffer.allocate(
                        shard.values().stream().mapToInt(row -> row.length).sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        shard.values().forEach(all::put);
        all.flip();
        if (encoding == Encoding.FLOAT64) {
            double[] values = new double[numbers];
            all.asDoubleBuffer().get(values);
            table.append(keys, values);
        } else {
            float[] values = new float[numbers];
            all.asFloatBuffer().get(values);
            table.append(keys, values);
        }
    }
}
