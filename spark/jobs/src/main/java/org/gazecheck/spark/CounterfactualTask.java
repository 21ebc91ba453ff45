package org.gazecheck.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gazecheck.audit.intervention.CounterfactualRow.Pair;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowKind;

/** In an executor: what the network says of counterfactual images, a batch at a time. */
final class CounterfactualTask implements MapPartitionsFunction<Row, Row> {
    static final StructType SCORED =
            new StructType().add("key", DataTypes.StringType, false).add("row", DataTypes.BinaryType, false);

    private static final long serialVersionUID = 1;

    private final Broadcast<AuditJob> broadcast;
    private final boolean features;

    /** @param features whether rows are of logits and pooled features, or of logits */
    CounterfactualTask(Broadcast<AuditJob> broadcast, boolean features) {
        this.broadcast = broadcast;
        this.features = features;
    }

    /** @param pairs key, object and background as {@link AuditedImage} takes them, or null */
    @Override
    public Iterator<Row> call(Iterator<Row> pairs) throws IOException {
        AuditJob job = broadcast.value();
        List<Row> rows = new ArrayList<>();
        List<Row> batch = new ArrayList<>();
        while (pairs.hasNext()) {
            batch.add(pairs.next());
            if (batch.size() == job.batch() || !pairs.hasNext()) {
                score(batch, job.kinds(), job.counterfactuals(features), rows);
                batch.clear();
            }
        }
        return rows.iterator();
    }

    private static void score(List<Row> batch, AuditKinds kinds, AuditJob.Opened<Pair> network, List<Row> rows)
            throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (Row row : batch) {
            Pair pair = new Pair(image(row, "object", kinds), image(row, "background", kinds));
            String key = key(network.kind(), pair);
            if (!key.equals(row.getAs("key"))) {
                throw new IllegalStateException("an executor's image would be " + key + " and not " + row.getAs("key"));
            }
            pairs.add(pair);
        }
        float[] found = network.compute(pairs);
        int length = network.kind().rowLength();
        for (int i = 0; i < batch.size(); i++) {
            rows.add(RowFactory.create(batch.get(i).getAs("key"), RowBytes.of(found, i * length, length)));
        }
    }

    private static String key(RowKind<Pair, float[]> kind, Pair pair) throws IOException {
        try {
            return kind.key(pair);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<RowImage> image(Row row, String side, AuditKinds kinds) throws IOException {
        Row image = row.getAs(side);
        return image == null ? Optional.empty() : Optional.of(AuditedImage.of(image, kinds));
    }
}
