package org.gazecheck.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.gazecheck.rows.RowImage.UNLABELLED;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** The packed images that are used. */
final class PackedImages {
    private PackedImages() {}

    /**
     * What was packed, and {@code class}: the index of the label.
     *
     * @throws GazecheckException when the model lacks a class of the packed images
     */
    static Dataset<Row> read(SparkSession spark, RowFolder rows, TrainedModel model) throws IOException {
        List<String> unknown = rows.packed().classes().stream()
                .filter(name -> !model.classes().contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA, "the model knows no class " + unknown + ", of which images are packed");
        }
        Map<String, Integer> labels = new HashMap<>();
        model.classes().forEach(name -> labels.put(name, labels.size()));
        labels.put("", UNLABELLED);
        UserDefinedFunction index = udf((UDF1<String, Integer>) labels::get, DataTypes.IntegerType);
        return spark.read()
                .schema(Packing.IMAGE)
                .parquet(rows.images())
                .filter(col("problem").equalTo(""))
                .withColumn("class", index.apply(col("label")));
    }
}
