package org.gazecheck.spark;

import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.gazecheck.config.Configuration;
import org.gazecheck.data.Dataset;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.MaskMeaning;

/**
 * The audit's rows: masks where none are given, what images are like, where their heatmaps lie; then, where one machine is to take
 * them all, what the network says of counterfactual images.
 */
final class Auditing {
    private final SparkSession spark;
    private final Configuration configuration;
    private final RowFolder rows;
    private final JobProgress progress;

    Auditing(SparkSession spark, Configuration configuration, RowFolder rows, JobProgress progress) {
        this.spark = spark;
        this.configuration = configuration;
        this.rows = rows;
        this.progress = progress;
    }

    /**
     * @return whether one machine took the rows
     * @throws GazecheckException where images have no scores yet
     */
    boolean audit(int imagesInWave) throws IOException {
        TrainedModel model = TrainedModel.read(configuration);
        Dataset dataset = rows.dataset(configuration, model.classes());
        Broadcast<AuditJob> job = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .broadcast(job(configuration, rows, model, Scoring.threads(spark, progress)));
        AuditSets sets = new AuditSets(spark, rows, model, job, EstimateDraws.of(dataset, configuration));
        long packed = rows.packed().images();
        sets.estimates()
                .compute(
                        packed,
                        imagesInWave,
                        List.of("class", "split", "path", "sha256", "image", "maskName", "mask", "estimated"),
                        images -> images,
                        new AuditTask(job, AuditTask.Which.MASKS),
                        progress);
        sets.descriptions()
                .compute(
                        packed,
                        imagesInWave,
                        List.of("class", "split", "path", "sha256", "image", "maskName", "mask", "estimated"),
                        sets::withEstimates,
                        new AuditTask(job, AuditTask.Which.DESCRIPTIONS),
                        progress);
        sets.features()
                .compute(
                        packed,
                        imagesInWave,
                        List.of("class", "split", "path", "sha256", "image"),
                        images -> images,
                        new FeaturesTask(job),
                        progress);
        requireScores(model);
        sets.localisation()
                .compute(
                        packed,
                        imagesInWave,
                        List.of("class", "split", "path", "sha256", "maskName", "mask", "estimated"),
                        images -> sets.withScores(sets.withEstimates(images)),
                        new AuditTask(job, AuditTask.Which.LOCALISATION),
                        progress);
        Collecting collecting = new Collecting(spark, configuration, rows, progress);
        if (collecting.isTooMuch(model)) {
            progress.message("counterfactual images: none, since there are more images than " + Collecting.EXACT
                    + " has one machine take");
            return false;
        }
        collecting.collect(model, sets);
        new Intervening(configuration, model, dataset, progress)
                .compute(new SharedCounterfactuals(spark, rows, sets, job, progress));
        return true;
    }

    private void requireScores(TrainedModel model) throws IOException {
        RowSet scores = Scoring.set(spark, rows, model);
        long missing = scores.missing(scores.images().select("key")).count();
        if (missing > 0) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA,
                    missing + " images have no scores yet, which the audit needs: gazecheck-spark score CONFIG computes"
                            + " them");
        }
    }

    static AuditJob job(Configuration configuration, RowFolder rows, TrainedModel model, int threads)
            throws IOException {
        MaskMeaning meaning = rows.maskMeaning().orElse(null);
        return new AuditJob(
                model.shipped(configuration),
                meaning == null ? null : meaning.rule(),
                meaning == null ? 0 : meaning.least(),
                configuration.audit().border(),
                configuration.compute().batch(),
                threads);
    }
}
