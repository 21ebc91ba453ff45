package org.gazecheck.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.gazecheck.progress.Progress;
import org.gazecheck.rows.RowKind;

/** Rows of one kind under one context: those that images should have, and those that there are. */
final class RowSet {
    private final SparkSession spark;
    private final RowFolder rows;
    private final RowKind<?, ?> kind;
    private final Dataset<Row> images;

    /** @param images with {@code number}, {@code split} and {@code key}, besides what rows are computed of */
    RowSet(SparkSession spark, RowFolder rows, RowKind<?, ?> kind, Dataset<Row> images) {
        this.spark = spark;
        this.rows = rows;
        this.kind = kind;
        this.images = images;
    }

    RowKind<?, ?> kind() {
        return kind;
    }

    private String folder() {
        return rows.rows(kind.name(), kind.context());
    }

    Dataset<Row> images() {
        return images;
    }

    /** Whether any were ever computed. */
    boolean exists() throws IOException {
        return rows.exists(folder());
    }

    /** All rows that were committed. */
    Dataset<Row> present() throws IOException {
        return exists()
                ? spark.read().schema(RowFolder.ROW).parquet(folder())
                : spark.createDataFrame(List.of(), RowFolder.ROW);
    }

    /** Those of some images that have no row; images stay in the partitions that they are in. */
    Dataset<Row> missing(Dataset<Row> some) throws IOException {
        Dataset<Row> theirs = present().select("key").join(broadcast(some.select("key")), "key", "left_semi");
        return some.join(broadcast(theirs.distinct()), "key", "left_anti");
    }

    /** Brings images together with rows of other kinds. */
    interface Joined {
        Dataset<Row> of(Dataset<Row> images) throws IOException;
    }

    /**
     * Computes what is missing, a wave after the other; a finished wave is never lost.
     *
     * @param packed how many images there are, the last number but one
     * @param imagesInWave images after which rows are committed
     * @param columns that the task wants of images
     * @param joined with what else it wants
     */
    void compute(
            long packed,
            int imagesInWave,
            List<String> columns,
            Joined joined,
            MapPartitionsFunction<Row, Row> task,
            Progress progress)
            throws IOException {
        rows.keepContext(kind.name(), kind.context());
        rows.sweep(folder());
        rows.takeNotes();
        NotedTask noted = NotedTask.of(spark, rows, task);
        long seen = 0;
        long computed = 0;
        for (long from = 0; from < packed; from += imagesInWave) {
            Dataset<Row> wave =
                    images.filter(col("number").geq(from)).filter(col("number").lt(from + imagesInWave));
            long missing = missing(wave.select("key")).count();
            if (missing > 0) {
                append(joined.of(missing(wave.select("key", columns.toArray(String[]::new)))), noted);
            }
            seen += wave.count();
            computed += missing;
            progress.message(kind.name() + ": " + seen + " images of " + Math.min(packed, from + imagesInWave)
                    + " packed, " + computed + " computed, " + (seen - computed) + " there already");
        }
    }

    private void append(Dataset<Row> some, NotedTask task) throws IOException {
        try {
            some.mapPartitions(task, Encoders.row(RowFolder.ROW))
                    .write()
                    .mode(SaveMode.Append)
                    .partitionBy("split")
                    .parquet(folder());
        } catch (Exception e) {
            throw FailedTasks.explained("rows of " + kind.name(), rows, e);
        }
    }
}
