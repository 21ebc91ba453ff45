package org.gazecheck.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.image.RgbImage;
import org.gazecheck.progress.Progress;
import org.gazecheck.rows.RowImage;
import org.gazecheck.store.Encoding;
import org.gazecheck.store.ShardRepair;
import org.gazecheck.store.Store;
import org.gazecheck.store.Table;

/** The rows of {@link ScoresRow} of a data set's images, each computed once and kept under the image's bytes and label. */
final class ScoredImages implements AutoCloseable {
    private static final int LOADERS = 2;
    private static final int BATCHES_AHEAD = 3;
    private static final int SHARD_ROWS = 512;

    private final EvaluationInputs inputs;
    private final ComputeSettings compute;
    private final ImageScores scores;
    private final ScoresRow kind;
    private final Table table;

    ScoredImages(EvaluationInputs inputs) throws IOException {
        this.inputs = inputs;
        this.compute = inputs.configuration().compute();
        this.scores = inputs.scores();
        this.kind = new ScoresRow(scores, inputs.dataset().images());
        this.table = open(inputs.store(), scores);
    }

    /** Where rows are kept. */
    static Table open(Store store, ImageScores scores) throws IOException {
        return store.open("scores", scores.context(), Encoding.FLOAT32, scores.rowLength());
    }

    /** What its rows are. */
    ScoresRow kind() {
        return kind;
    }

    private static String key(Dataset.Item item) {
        return ImageScores.key(item.sha256(), item.label());
    }

    /** Computes the rows that are missing, then reads them. */
    <T> T compute(List<Dataset.Item> items, Progress progress, ShardRepair.Work<T> read) throws IOException {
        return ShardRepair.of(List.of(table), () -> compute(items, progress), read);
    }

    private void compute(List<Dataset.Item> items, Progress progress) throws IOException {
        List<String> keys = items.stream().map(ScoredImages::key).toList();
        if (table.missing(keys) == 0) {
            return;
        }
        try (ImageScores.Session network = scores.open(compute.threads());
                Progress.Task task = progress.start("evaluate", keys.size())) {
            Progress.Task present = steps -> task.advance(0);
            task.advance(keys.size() - table.missing(keys));
            table.compute(keys, SHARD_ROWS, (indices, out) -> rows(network, items, indices, out, task), present);
        }
    }

    private void rows(
            ImageScores.Session network, List<Dataset.Item> items, int[] indices, float[] out, Progress.Task task)
            throws IOException {
        int batch = compute.batch();
        int batches = (indices.length + batch - 1) / batch;
        try (Prefetcher<List<RgbImage>> images =
                new Prefetcher<>(LOADERS, BATCHES_AHEAD, batches, b -> frames(items, indices, b * batch))) {
            for (int b = 0; images.hasNext(); b++) {
                List<RgbImage> frames = images.next();
                int[] labels = new int[frames.size()];
                for (int i = 0; i < labels.length; i++) {
                    labels[i] = items.get(indices[b * batch + i]).label();
                }
                network.compute(frames, labels, out, b * batch * kind.rowLength());
                task.advance(labels.length);
            }
        }
    }

    private List<RgbImage> frames(List<Dataset.Item> items, int[] indices, int from) throws IOException {
        List<RgbImage> frames = new ArrayList<>();
        for (int i = from; i < Math.min(indices.length, from + compute.batch()); i++) {
            frames.add(kind.frame(image(items.get(indices[i]))));
        }
        return frames;
    }

    private RowImage image(Dataset.Item item) throws IOException {
        byte[] file = inputs.dataset().images().open(item.path());
        return RowImage.of(item.path(), file, item.sha256(), item.label());
    }

    /** The row of an image. */
    void read(Dataset.Item item, float[] row) throws IOException {
        table.read(key(item), row, 0);
    }

    /** The logits of some images, from the store whenever they are asked for; by one thread at a time. */
    ClassScores logits(List<Dataset.Item> items) {
        float[] whole = new float[kind.rowLength()];
        return new ClassScores() {
            @Override
            public int images() {
                return items.size();
            }

            @Override
            public int classes() {
                return kind.classes();
            }

            @Override
            public void read(int image, float[] row) {
                try {
                    ScoredImages.this.read(items.get(image), whole);
                    System.arraycopy(whole, 0, row, 0, kind.classes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
