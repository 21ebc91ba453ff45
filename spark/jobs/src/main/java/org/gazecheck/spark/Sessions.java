package org.gazecheck.spark;

import org.apache.spark.sql.SparkSession;

/** Opens Spark with what the jobs rely on. */
final class Sessions {
    private Sessions() {}

    /** A file of Parquet is one task's work, however small it is: files are neither divided nor put together. */
    static SparkSession open(String name) {
        String whole = Long.toString(1L << 40);
        return SparkSession.builder()
                .appName(name)
                .config("spark.sql.files.maxPartitionBytes", whole)
                .config("spark.sql.files.openCostInBytes", whole)
                .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
                .getOrCreate();
    }
}
