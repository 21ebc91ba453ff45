package org.gazecheck.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowKind;
import org.gazecheck.rows.RowPass;
import org.gazecheck.store.Encoding;

/** A job for the cluster of tests: rows of forty images, one of which ends the virtual machine that looks at it. */
public final class DeadlyImage {
    /** Of the image that does it; names are not always kind. */
    static final String NAME = "b\nad='ö' 100%.png";

    private static final int IMAGES = 40;
    private static final int DEADLY = 23;

    private DeadlyImage() {}

    /** @param arguments where rows lie */
    public static void main(String[] arguments) throws Exception {
        try (SparkSession spark = Sessions.open("deadly")) {
            Dataset<Row> images = spark.range(0, IMAGES, 1, 4)
                    .toDF("number")
                    .withColumn("split", lit("test"))
                    .withColumn("key", concat(lit("key "), col("number")))
                    .withColumn("path", concat(col("number"), lit(" " + NAME)));
            new RowSet(spark, RowFolder.of(spark, arguments[0]), new Kind(), images)
                    .compute(IMAGES, IMAGES, List.of("split", "path"), some -> some, new Deadly(), new JobProgress());
        } catch (GazecheckException e) {
            System.err.println("said: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Ends the executor at one key. */
    private static final class Deadly implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1;

        @Override
        public Iterator<Row> call(Iterator<Row> images) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return images.hasNext();
                }

                @Override
                public Row next() {
                    Row image = images.next();
                    if (image.getAs("key").equals("key " + DEADLY)) {
                        Runtime.getRuntime().halt(134);
                    }
                    return RowFactory.create(image.getAs("key"), new byte[4], "any", image.getAs("split"));
                }
            };
        }
    }

    /** Of one number. */
    private static final class Kind implements RowKind<RowImage, float[]> {
        @Override
        public String name() {
            return "deadly";
        }

        @Override
        public String context() {
            return "deadly";
        }

        @Override
        public String key(RowImage of) {
            return of.sha256();
        }

        @Override
        public Encoding encoding() {
            return Encoding.FLOAT32;
        }

        @Override
        public int rowLength() {
            return 1;
        }

        @Override
        public Class<float[]> type() {
            return float[].class;
        }

        @Override
        public RowPass<RowImage, float[]> open(int threads) {
            return RowPass.oneByOne(this, image -> new float[1]);
        }
    }
}
