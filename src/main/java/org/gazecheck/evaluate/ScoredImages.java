package org.gazecheck.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.explain.ClassMaps;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Frames;
import org.gazecheck.progress.Progress;
import org.gazecheck.store.Encoding;
import org.gazecheck.store.ShardRepair;
import org.gazecheck.store.Table;

/**
 * The one forward pass of evaluation: of each image its logits, in closed form the Grad-CAM maps at the last block for the
 * predicted and the true class, and its features. A row is {@code [classes + 2 h w + d]}; it is kept under the image's
 * bytes and label.
 */
final class ScoredImages implements AutoCloseable {
    private static final int VERSION = 3;
    private static final int LOADERS = 2;
    private static final int BATCHES_AHEAD = 3;
    private static final int SHARD_ROWS = 512;

    private final EvaluationInputs inputs;
    private final ComputeSettings compute;
    private final Engine engine;
    private final int classes;
    private final int height;
    private final int width;
    private final int features;
    private final Table table;

    ScoredImages(EvaluationInputs inputs) throws IOException {
        this.inputs = inputs;
        this.compute = inputs.configuration().compute();
        this.engine = Engine.of(compute.inference());
        this.classes = inputs.network().classes();
        int[] shape =
                inputs.network().outputShape(layer(), inputs.preprocessing().crop());
        this.height = shape[1];
        this.width = shape[2];
        this.features = inputs.network().features();
        this.table =
                inputs.store().open("scores", context(), Encoding.FLOAT32, classes + 2 * height * width + features);
    }

    /** The layer that the maps are of. */
    String layer() {
        return inputs.network().lastLayer();
    }

    /** Of a map, in cells. */
    int height() {
        return height;
    }

    /** Of a map, in cells. */
    int width() {
        return width;
    }

    private String context() {
        return String.join(
                "\n",
                "version " + VERSION,
                "network " + inputs.network().hash(),
                "engine " + engine,
                inputs.preprocessing().identity(),
                "flip " + inputs.configuration().evaluate().flip(),
                LayerTap.method(inputs.network(), layer()) + " " + layer());
    }

    private static String key(Dataset.Item item) {
        return item.sha256() + " label " + item.label();
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
        try (ClassMaps maps = ClassMaps.open(inputs.network(), layer(), engine, compute.threads());
                Progress.Task task = progress.start("evaluate", keys.size())) {
            Progress.Task present = steps -> task.advance(0);
            task.advance(keys.size() - table.missing(keys));
            table.compute(keys, SHARD_ROWS, (indices, out) -> rows(maps, items, indices, out, task), present);
        }
    }

    private void rows(ClassMaps maps, List<Dataset.Item> items, int[] indices, float[] out, Progress.Task task)
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
                score(maps, frames, labels, out, b * batch * table.rowLength());
                task.advance(labels.length);
            }
        }
    }

    private List<RgbImage> frames(List<Dataset.Item> items, int[] indices, int from) throws IOException {
        List<RgbImage> frames = new ArrayList<>();
        for (int i = from; i < Math.min(indices.length, from + compute.batch()); i++) {
            frames.add(inputs.dataset().images().frame(items.get(indices[i]).path(), inputs.preprocessing()));
        }
        return frames;
    }

    private void score(ClassMaps maps, List<RgbImage> images, int[] labels, float[] out, int offset) {
        MappedScores scores = MappedScores.of(
                maps,
                new Frames(images, inputs.preprocessing().normalisation()),
                IntStream.of(labels).map(label -> Math.max(0, label)).toArray(),
                inputs.configuration().evaluate().flip());
        int pair = 2 * height * width;
        for (int i = 0; i < labels.length; i++) {
            int row = offset + i * table.rowLength();
            System.arraycopy(scores.logits().values(), i * classes, out, row, classes);
            System.arraycopy(scores.maps(), i * pair, out, row + classes, pair);
            if (labels[i] == Dataset.UNLABELLED) {
                System.arraycopy(scores.maps(), i * pair, out, row + classes + pair / 2, pair / 2);
            }
            System.arraycopy(scores.features(), i * features, out, row + classes + pair, features);
        }
    }

    /**
     * The row of an image: logits, map of the predicted class, map of the true class (without a label of the predicted
     * one again), features.
     */
    void read(Dataset.Item item, float[] row) throws IOException {
        table.read(key(item), row, 0);
    }

    /** The logits of some images, from the store whenever they are asked for; by one thread at a time. */
    ScoreRows logits(List<Dataset.Item> items) {
        float[] whole = new float[rowLength()];
        return new ScoreRows() {
            @Override
            public int images() {
                return items.size();
            }

            @Override
            public int classes() {
                return classes;
            }

            @Override
            public void read(int image, float[] row) {
                try {
                    ScoredImages.this.read(items.get(image), whole);
                    System.arraycopy(whole, 0, row, 0, classes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    int rowLength() {
        return table.rowLength();
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
