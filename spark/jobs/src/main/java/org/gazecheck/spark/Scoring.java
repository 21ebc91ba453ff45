package org.gazecheck.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.gazecheck.config.Configuration;
import org.gazecheck.evaluate.ImageScores;
import org.gazecheck.results.Split;

/** Scores, maps and features of the images of val, test and new. */
final class Scoring {
    /** Those that have scores. */
    static final List<String> SPLITS = List.of(Split.VAL.text(), Split.TEST.text(), Split.NEW.text());

    private final SparkSession spark;
    private final Configuration configuration;
    private final RowFolder rows;
    private final JobProgress progress;

    Scoring(SparkSession spark, Configuration configuration, RowFolder rows, JobProgress progress) {
        this.spark = spark;
        this.configuration = configuration;
        this.rows = rows;
        this.progress = progress;
    }

    static RowSet set(SparkSession spark, RowFolder rows, TrainedModel model) throws IOException {
        UserDefinedFunction key = udf((UDF2<String, Integer, String>) ImageScores::key, DataTypes.StringType);
        Dataset<Row> images = PackedImages.read(spark, rows, model)
                .filter(col("split").isin(SPLITS.toArray()))
                .withColumn("key", key.apply(col("sha256"), col("class")));
        return new RowSet(spark, rows, model.scores(), images);
    }

    void score(int imagesInWave) throws IOException {
        TrainedModel model = TrainedModel.read(configuration);
        ScoreTask task = new ScoreTask(
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(job(model)));
        set(spark, rows, model)
                .compute(
                        rows.packed().images(),
                        imagesInWave,
                        List.of("class", "split", "path", "sha256", "image"),
                        images -> images,
                        task,
                        progress);
    }

    private ScoreJob job(TrainedModel model) {
        return new ScoreJob(
                model.scores().context(),
                model.shipped(configuration),
                configuration.compute().batch(),
                threads(spark, progress));
    }

    /** One ONNX session serves all tasks of an executor, with as many threads as it has cores. */
    static int threads(SparkSession spark, JobProgress progress) {
        int cores = spark.sparkContext().conf().getInt("spark.executor.cores", 0);
        if (cores == 0) {
            progress.message(
                    "assumed: forward passes have 1 thread an executor, because spark.executor.cores is not set");
        }
        return Math.max(1, cores);
    }
}
