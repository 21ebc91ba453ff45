package org.gazecheck.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.types.DataTypes;
import org.gazecheck.evaluate.ImageScores;
import org.gazecheck.results.Split;

/** Which rows an audit has of the packed images, and what they are computed of. */
final class AuditSets {
    private final SparkSession spark;
    private final RowFolder rows;
    private final TrainedModel model;
    private final Broadcast<AuditJob> job;
    private final AuditKinds kinds;
    private final EstimateDraws draws;
    private final Dataset<Row> images;

    AuditSets(SparkSession spark, RowFolder rows, TrainedModel model, Broadcast<AuditJob> job, EstimateDraws draws)
            throws IOException {
        this.spark = spark;
        this.rows = rows;
        this.model = model;
        this.job = job;
        this.kinds = job.value().kinds();
        this.draws = draws;
        this.images = PackedImages.read(spark, rows, model);
    }

    private static Column masked() {
        return col("mask").isNotNull();
    }

    /** Of train, some; of the other splits, all. */
    private static Column among(Set<String> ofTrain) {
        return col("split").notEqual(Split.TRAIN.text()).or(col("path").isin(ofTrain.toArray()));
    }

    /** Estimates, of all images whose object the audit asks for. */
    RowSet estimates() {
        Dataset<Row> wanted = images.filter(lit(draws.estimates())
                .and(not(masked()))
                .and(among(draws.described()).or(among(draws.segmented()))));
        return new RowSet(
                spark,
                rows,
                kinds.estimates(),
                wanted.withColumn("key", col("sha256")).withColumn("estimated", lit(false)));
    }

    /** Of all images. */
    RowSet descriptions() {
        Column estimated = lit(draws.estimates()).and(not(masked())).and(among(draws.described()));
        return new RowSet(
                spark,
                rows,
                kinds.descriptions(),
                keyed(images.withColumn("estimated", estimated), AuditTask.Which.DESCRIPTIONS));
    }

    /** Of the images that have scores. */
    RowSet localisation() {
        Dataset<Row> scored = segmented(images.filter(col("split").isin(Scoring.SPLITS.toArray())));
        return new RowSet(spark, rows, kinds.localisation(), keyed(scored, AuditTask.Which.LOCALISATION));
    }

    /** Features of the images that have no scores, which hold those of the others. */
    RowSet features() {
        Dataset<Row> unscored = images.filter(not(col("split").isin(Scoring.SPLITS.toArray())));
        return new RowSet(spark, rows, kinds.features(), unscored.withColumn("key", col("sha256")));
    }

    private Dataset<Row> segmented(Dataset<Row> some) {
        return some.withColumn("estimated", lit(draws.estimates()).and(not(masked())));
    }

    private Dataset<Row> keyed(Dataset<Row> some, AuditTask.Which which) {
        AuditTask task = new AuditTask(job, which);
        return some.withColumn(
                "key",
                udf((UDF5<String, Integer, String, byte[], Boolean, String>) task::key, DataTypes.StringType)
                        .apply(col("sha256"), col("class"), col("maskName"), col("mask"), col("estimated")));
    }

    /** Some images with the rows of their estimates. */
    Dataset<Row> withEstimates(Dataset<Row> some) throws IOException {
        Dataset<Row> found = estimates()
                .present()
                .select(col("key").as("sha256"), col("row").as("found"))
                .dropDuplicates("sha256");
        return some.join(found, "sha256", "left")
                .withColumn("estimate", when(col("estimated"), col("found")))
                .drop("found");
    }

    /** Some images with the rows of their scores. */
    Dataset<Row> withScores(Dataset<Row> some) throws IOException {
        Dataset<Row> found = Scoring.set(spark, rows, model)
                .present()
                .select(col("key").as("scored"), col("row").as("scores"))
                .dropDuplicates("scored");
        Column key = udf((UDF2<String, Integer, String>) ImageScores::key, DataTypes.StringType)
                .apply(col("sha256"), col("class"));
        return some.withColumn("scored", key).join(found, "scored", "inner");
    }

    /** Images at some paths, as {@link AuditedImage} takes them. */
    Dataset<Row> at(Set<String> paths) throws IOException {
        Dataset<Row> wanted =
                spark.createDataset(List.copyOf(paths), Encoders.STRING()).toDF("path");
        return withEstimates(segmented(images.join(broadcast(wanted), "path", "inner")))
                .select("path", "sha256", "class", "image", "maskName", "mask", "estimated", "estimate");
    }
}
