package org.gazecheck.spark;

import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.gazecheck.config.Configuration;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.store.Store;

/** Puts rows where the single machine looks for its own, so that its commands compute none of them again. */
final class Collecting {
    static final String EXACT = "spark.gazecheck.exactRows";
    private static final int EXACT_ROWS = 50_000;

    private final SparkSession spark;
    private final Configuration configuration;
    private final RowFolder rows;
    private final JobProgress progress;

    Collecting(SparkSession spark, Configuration configuration, RowFolder rows, JobProgress progress) {
        this.spark = spark;
        this.configuration = configuration;
        this.rows = rows;
        this.progress = progress;
    }

    /** @throws GazecheckException where rows are missing, or there are more than one machine is to take */
    void collect() throws IOException {
        TrainedModel model = TrainedModel.read(configuration);
        AuditJob job = Auditing.job(configuration, rows, model, 1);
        collect(
                model,
                new AuditSets(
                        spark,
                        rows,
                        model,
                        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(job),
                        EstimateDraws.of(rows.dataset(configuration, model.classes()), configuration)));
    }

    void collect(TrainedModel model, AuditSets sets) throws IOException {
        RowSet scores = Scoring.set(spark, rows, model);
        Dataset<Row> images = scores.images().select("key");
        long count = images.count();
        if (count > most()) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    count + " images are more than " + EXACT + " (" + most()
                            + "): a run folder of all of them is made on one"
                            + " machine; raise it if that machine can (docs/spark.md), or take fewer images");
        }
        long missing = scores.missing(images).count();
        if (missing > 0) {
            throw new GazecheckException(
                    missing + " of " + count + " images have no row yet: gazecheck-spark score CONFIG computes them");
        }
        Store store =
                new Store(configuration.cache().dir(), configuration.cache().maxSize());
        for (RowSet set :
                List.of(scores, sets.estimates(), sets.descriptions(), sets.localisation(), sets.features())) {
            if (set.exists()) {
                keep(store, set);
            }
        }
    }

    /** Whether there are more images than one machine is to take. */
    boolean isTooMuch(TrainedModel model) throws IOException {
        return Scoring.set(spark, rows, model).images().count() > most();
    }

    private int most() {
        return spark.sparkContext().conf().getInt(EXACT, EXACT_ROWS);
    }

    private void keep(Store store, RowSet set) throws IOException {
        long kept = StoredRows.keep(
                store, set.kind(), set.present().select("key", "row").toLocalIterator());
        progress.message("collected: " + kept + " rows of " + set.kind().name() + " into "
                + configuration.cache().dir() + "; others were there already");
    }
}
