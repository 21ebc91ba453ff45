package org.gazecheck.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.DataSettings;
import org.gazecheck.data.ImageChecks;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.data.Listing;
import org.gazecheck.data.Preparation;
import org.gazecheck.data.Prepared;
import org.gazecheck.data.Sources;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.MaskListFile;

/** From folders and tables to Parquet: the driver lists and judges, executors open, decode and check. */
final class Packing {
    static final StructType IMAGE = new StructType()
            .add("number", DataTypes.IntegerType, false)
            .add("path", DataTypes.StringType, false)
            .add("split", DataTypes.StringType, false)
            .add("label", DataTypes.StringType, false)
            .add("sha256", DataTypes.StringType, false)
            .add("image", DataTypes.BinaryType, true)
            .add("mask", DataTypes.BinaryType, true)
            .add("maskName", DataTypes.StringType, true)
            .add("width", DataTypes.IntegerType, false)
            .add("height", DataTypes.IntegerType, false)
            .add("problem", DataTypes.StringType, false)
            .add("check", DataTypes.StringType, false);

    private final SparkSession spark;
    private final Configuration configuration;
    private final RowFolder rows;
    private final JobProgress progress;

    Packing(SparkSession spark, Configuration configuration, RowFolder rows, JobProgress progress) {
        this.spark = spark;
        this.configuration = configuration;
        this.rows = rows;
        this.progress = progress;
    }

    /** @throws org.gazecheck.data.DataException with all that is wrong, as on a single machine */
    void pack(int imagesInFile) throws IOException {
        DataSettings data = configuration.data();
        boolean toTrain = configuration.external().model() == null
                && configuration.model().run() == null;
        Listing listing = Sources.read(data, configuration.seed(), toTrain, progress);
        rows.refuse();
        write(listing, imagesInFile);
        Prepared prepared =
                Preparation.check(listing, data, ImageLoader.of(data), toTrain, this::packedChecks, progress);
        keep(RowFolder.DATASET, file -> DatasetFile.write(file, prepared.rows()));
        if (Sources.masks(data).isPresent()) {
            keep(
                    RowFolder.MASKS,
                    file -> MaskListFile.write(file, prepared.masks().list()));
        }
        rows.accept(new PackedSet(listing.entries().size(), listing.classes()));
        prepared.assumptions().forEach(assumption -> progress.message("assumed: " + assumption.text()));
        prepared.ignored().forEach(ignored -> progress.message("warning: " + ignored));
        prepared.warnings().forEach(warning -> progress.message("warning: " + warning));
        progress.message("packed: " + prepared.summary());
    }

    private void write(Listing listing, int imagesInFile) {
        List<PackEntry> entries = new ArrayList<>();
        for (Listing.Entry entry : listing.entries()) {
            entries.add(PackEntry.of(entries.size(), entry));
        }
        int files = Math.max(1, (entries.size() + imagesInFile - 1) / imagesInFile);
        Optional<Path> masks = Sources.masks(configuration.data());
        JavaRDD<Row> packed = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(entries, files)
                .mapPartitions(new PackTask(
                        Path.of("").toAbsolutePath().toString(),
                        listing.root().toString(),
                        masks.map(Path::toString).orElse(null),
                        configuration.data().maxPixels()));
        spark.createDataFrame(packed, IMAGE).write().mode(SaveMode.Overwrite).parquet(rows.images());
    }

    private void packedChecks(Listing listing, Progress told, ImageChecks.Taker taker) throws IOException {
        Iterator<Row> checks = spark.read()
                .schema(IMAGE)
                .parquet(rows.images())
                .select("number", "check")
                .toLocalIterator();
        while (checks.hasNext()) {
            Row row = checks.next();
            taker.take(row.getInt(0), CheckJson.read(row.getString(1)));
        }
    }

    /** Writes a file of the run folder. */
    private interface Writer {
        void write(Path file) throws IOException;
    }

    private void keep(String name, Writer writer) throws IOException {
        Path folder = Files.createTempDirectory("gazecheck");
        Path file = folder.resolve(name);
        try {
            writer.write(file);
            rows.write(name, Files.readAllBytes(file));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
