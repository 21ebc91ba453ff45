package org.gazecheck.spark;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** What tasks wrote for other tasks to read. */
final class ShuffledBytes extends SparkListener {
    private final SparkSession spark;
    private final LongAdder bytes = new LongAdder();

    private ShuffledBytes(SparkSession spark) {
        this.spark = spark;
    }

    static ShuffledBytes of(SparkSession spark) {
        ShuffledBytes counting = new ShuffledBytes(spark);
        spark.sparkContext().addSparkListener(counting);
        return counting;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.taskMetrics() != null) {
            bytes.add(end.taskMetrics().shuffleWriteMetrics().bytesWritten());
        }
    }

    /** Of all tasks that ended so far. */
    long total() {
        try {
            spark.sparkContext().listenerBus().waitUntilEmpty();
        } catch (TimeoutException e) {
            throw new IllegalStateException("Spark does not say what its tasks did", e);
        }
        return bytes.sum();
    }
}
