/**
 * Gazecheck's rows on Apache Spark: images packed into Parquet, rows computed by the single machine's own classes, kept by the
 * same keys, and put where the single machine looks for them. Nothing is measured here.
 */
package org.gazecheck.spark;
