package org.gazecheck.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Processor;
import org.gazecheck.rows.RowImage;

/** In an executor: features of images as they are, a batch at a time. */
final class FeaturesTask implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1;

    private final Broadcast<AuditJob> broadcast;

    FeaturesTask(Broadcast<AuditJob> broadcast) {
        this.broadcast = broadcast;
    }

    /** @param images key, class, split, path, sha256, image */
    @Override
    public Iterator<Row> call(Iterator<Row> images) throws IOException {
        AuditJob job = broadcast.value();
        String processor = Processor.name();
        Deque<Row> ready = new ArrayDeque<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !ready.isEmpty() || images.hasNext();
            }

            @Override
            public Row next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                if (ready.isEmpty()) {
                    ready.addAll(computed(batch(images, job.batch()), job, processor));
                }
                return ready.remove();
            }
        };
    }

    private static List<Row> batch(Iterator<Row> images, int most) {
        List<Row> batch = new ArrayList<>();
        while (batch.size() < most && images.hasNext()) {
            batch.add(images.next());
        }
        return batch;
    }

    private static List<Row> computed(List<Row> batch, AuditJob job, String processor) {
        List<RowImage> images = batch.stream()
                .map(row -> RowImage.of(
                        row.getAs("path"), row.getAs("image"), row.getAs("sha256"), row.<Integer>getAs("class")))
                .toList();
        try {
            AuditJob.Opened<RowImage> network = job.features();
            float[] found = network.compute(images);
            int length = network.kind().rowLength();
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                Row image = batch.get(i);
                rows.add(RowFactory.create(
                        image.getAs("key"), RowBytes.of(found, i * length, length), processor, image.getAs("split")));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(new GazecheckException(
                    "features of " + batch.get(0).getAs("path") + " and " + (batch.size() - 1)
                            + " more cannot be computed: " + e.getMessage(),
                    e));
        }
    }
}
