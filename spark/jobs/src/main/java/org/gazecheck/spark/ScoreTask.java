package org.gazecheck.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Processor;
import org.gazecheck.rows.RowImage;

/** In an executor: rows of the images that a task is given, a batch at a time. */
final class ScoreTask implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1;

    private final Broadcast<ScoreJob> broadcast;

    ScoreTask(Broadcast<ScoreJob> broadcast) {
        this.broadcast = broadcast;
    }

    /** @param images key, class, split, path, sha256, image */
    @Override
    public Iterator<Row> call(Iterator<Row> images) throws IOException {
        ScoreJob job = broadcast.value();
        return images.hasNext()
                ? new Scored(job, job.opened(), images, Processor.name())
                : List.<Row>of().iterator();
    }

    private static final class Scored implements Iterator<Row> {
        private final ScoreJob job;
        private final ScoreJob.Opened network;
        private final Iterator<Row> images;
        private final String processor;
        private final Deque<Row> ready = new ArrayDeque<>();
        private final Set<String> seen = new HashSet<>();

        Scored(ScoreJob job, ScoreJob.Opened network, Iterator<Row> images, String processor) {
            this.job = job;
            this.network = network;
            this.images = images;
            this.processor = processor;
        }

        @Override
        public boolean hasNext() {
            if (ready.isEmpty()) {
                try {
                    fill();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return !ready.isEmpty();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }

        private void fill() throws IOException {
            List<Row> batch = new ArrayList<>();
            List<RgbImage> frames = new ArrayList<>();
            while (batch.size() < job.batch() && images.hasNext()) {
                Row image = images.next();
                if (seen.add(image.getAs("key"))) {
                    batch.add(image);
                    frames.add(frame(image));
                }
            }
            if (batch.isEmpty()) {
                return;
            }
            int[] labels = batch.stream()
                    .mapToInt(image -> image.<Integer>getAs("class"))
                    .toArray();
            int length = network.kind().rowLength();
            float[] rows = new float[batch.size() * length];
            network.session().compute(frames, labels, rows, 0);
            for (int i = 0; i < batch.size(); i++) {
                Row image = batch.get(i);
                ready.add(RowFactory.create(
                        image.getAs("key"), RowBytes.of(rows, i * length, length), processor, image.getAs("split")));
            }
        }

        private RgbImage frame(Row image) throws IOException {
            try {
                return network.kind()
                        .frame(RowImage.of(
                                image.getAs("path"),
                                image.getAs("image"),
                                image.getAs("sha256"),
                                image.<Integer>getAs("class")));
            } catch (IOException e) {
                throw new GazecheckException(
                        image.getAs("path") + " (" + image.getAs("key") + ") cannot be scored: " + e.getMessage(), e);
            }
        }
    }
}
