package org.gazecheck.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.gazecheck.audit.intervention.CounterfactualWork;
import org.gazecheck.progress.Progress;

/**
 * Has executors score counterfactual images. A wave is what the driver's next step needs: a table of objects and backgrounds,
 * joined with the images at these paths, which executors keep from the first wave that asks for them.
 */
final class SharedCounterfactuals implements CounterfactualWork {
    private static final StructType PAIR = new StructType()
            .add("key", DataTypes.StringType, false)
            .add("object", DataTypes.StringType, true)
            .add("background", DataTypes.StringType, true);

    private final SparkSession spark;
    private final RowFolder rows;
    private final AuditSets sets;
    private final Broadcast<AuditJob> job;
    private final Progress progress;
    private final ShuffledBytes shuffled;
    private final Set<String> held = new HashSet<>();
    private Dataset<Row> images;
    private int waves;
    private long computed;

    SharedCounterfactuals(
            SparkSession spark, RowFolder rows, AuditSets sets, Broadcast<AuditJob> job, Progress progress) {
        this.spark = spark;
        this.rows = rows;
        this.sets = sets;
        this.job = job;
        this.progress = progress;
        this.shuffled = ShuffledBytes.of(spark);
    }

    @Override
    public Map<String, float[]> rows(boolean features, List<Wanted> wanted) throws IOException {
        List<Row> pairs = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (Wanted each : wanted) {
            String object = each.object().map(item -> item.path()).orElse(null);
            String background = each.background().map(item -> item.path()).orElse(null);
            pairs.add(RowFactory.create(each.key(), object, background));
            each.object().ifPresent(item -> paths.add(item.path()));
            each.background().ifPresent(item -> paths.add(item.path()));
        }
        hold(paths);
        long before = shuffled.total();
        Map<String, float[]> found = new HashMap<>();
        for (Row row : scored(joined(spark.createDataFrame(pairs, PAIR)), features)) {
            found.put(row.getString(0), RowBytes.floats(row.getAs(1)));
        }
        if (found.size() != wanted.size()) {
            throw new IllegalStateException(
                    found.size() + " of " + wanted.size() + " counterfactual images have a row");
        }
        computed += wanted.size();
        waves++;
        progress.message(String.format(
                Locale.ROOT,
                "counterfactual images: wave %d, %d computed of %d images, %d bytes shuffled; %d in all",
                waves,
                wanted.size(),
                paths.size(),
                shuffled.total() - before,
                computed));
        return found;
    }

    private List<Row> scored(Dataset<Row> pairs, boolean features) throws IOException {
        NotedTask task = NotedTask.of(spark, rows, new CounterfactualTask(job, features));
        try {
            return pairs.mapPartitions(task, Encoders.row(CounterfactualTask.SCORED))
                    .collectAsList();
        } catch (Exception e) {
            throw FailedTasks.explained("counterfactual images", rows, e);
        }
    }

    private void hold(Set<String> paths) throws IOException {
        Set<String> more = new HashSet<>(paths);
        more.removeAll(held);
        if (more.isEmpty()) {
            return;
        }
        Dataset<Row> found = sets.at(more).persist(StorageLevel.MEMORY_AND_DISK());
        images = images == null ? found : images.union(found);
        held.addAll(more);
    }

    private Dataset<Row> joined(Dataset<Row> pairs) {
        return side(pairs, "object").join(side(pairs, "background"), "key", "full_outer");
    }

    private Dataset<Row> side(Dataset<Row> pairs, String name) {
        Dataset<Row> paths =
                pairs.filter(col(name).isNotNull()).select(col("key"), col(name).as("path"));
        return images.join(broadcast(paths), "path", "inner")
                .select(
                        col("key"),
                        struct("path", "sha256", "class", "image", "maskName", "mask", "estimated", "estimate")
                                .as(name));
    }
}
