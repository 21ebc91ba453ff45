package org.gazecheck.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.gazecheck.config.Configuration;
import org.gazecheck.image.MaskMeaning;

/**
 * Properties, scenes and hashes of the images that have a mask of their own. Where the object of others is, the single machine
 * estimates, of a sample that it draws.
 */
final class Describing {
    private final SparkSession spark;
    private final Configuration configuration;
    private final RowFolder rows;
    private final JobProgress progress;

    Describing(SparkSession spark, Configuration configuration, RowFolder rows, JobProgress progress) {
        this.spark = spark;
        this.configuration = configuration;
        this.rows = rows;
        this.progress = progress;
    }

    /** The job of a data set; empty where no masks were given. */
    static Optional<DescribeJob> job(Configuration configuration, RowFolder rows, TrainedModel model)
            throws IOException {
        Optional<MaskMeaning> meaning = rows.maskMeaning();
        return meaning.map(found -> new DescribeJob(
                model.onnx(), found.rule(), found.least(), configuration.data().maxPixels()));
    }

    static RowSet set(SparkSession spark, RowFolder rows, TrainedModel model, Broadcast<DescribeJob> job)
            throws IOException {
        UserDefinedFunction key = udf(
                (UDF3<String, String, byte[], String>)
                        (sha256, name, mask) -> DescribeTask.key(job, sha256, name, mask),
                DataTypes.StringType);
        Dataset<Row> images = PackedImages.read(spark, rows, model)
                .filter(col("mask").isNotNull())
                .withColumn("key", key.apply(col("sha256"), col("maskName"), col("mask")));
        return new RowSet(spark, rows, job.value().kind(), images);
    }

    void describe(int imagesInWave) throws IOException {
        TrainedModel model = TrainedModel.read(configuration);
        Optional<DescribeJob> job = job(configuration, rows, model);
        if (job.isEmpty()) {
            progress.message(
                    "no masks are given: where objects are is estimated on one machine, by gazecheck audit, and what"
                            + " images are like is measured there");
            return;
        }
        Broadcast<DescribeJob> broadcast =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(job.get());
        set(spark, rows, model, broadcast)
                .compute(
                        rows.packed().images(),
                        imagesInWave,
                        List.of("class", "split", "path", "sha256", "image", "maskName", "mask"),
                        new DescribeTask(broadcast),
                        progress);
    }
}
