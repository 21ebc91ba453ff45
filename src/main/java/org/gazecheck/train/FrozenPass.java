package org.gazecheck.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.KeptImages;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.progress.Progress;
import org.gazecheck.store.Table;

/**
 * One forward pass of the frozen network over the views whose rows are missing: features for the probe, activations for
 * the fine-tuning, both at once where both are wanted. Every image is decoded once for all its views, beside the
 * computation; what is finished is kept every few hundred megabytes.
 */
final class FrozenPass {
    private static final int LOADERS = 2;
    private static final int IMAGES_AHEAD = 4;
    private static final int MOST_ROWS = 512;
    private static final long BUFFER_BYTES = 128L << 20;

    private final KeptImages<RgbImage> originals;
    private final TrainingViews views;
    private final Sessions sessions;
    private final int batch;

    /** Opens the frozen network in the engine that was chosen. */
    @FunctionalInterface
    interface Sessions {
        InferenceSession open(InferencePlan plan) throws IOException;
    }

    /**
     * A table to be filled.
     *
     * @param tap what its rows are
     */
    record Output(Tap tap, Table table) {}

    /** A view whose rows are wanted in a table. */
    record Wanted(Dataset.Item item, View view, Output output) {}

    private record Missing(Dataset.Item item, View view, List<Output> outputs) {}

    private record Rendered(List<Missing> missing, float[] inputs) {}

    FrozenPass(KeptImages<RgbImage> originals, TrainingViews views, Sessions sessions, int batch) {
        this.originals = originals;
        this.views = views;
        this.sessions = sessions;
        this.batch = batch;
    }

    /** Computes and keeps what is missing of what is wanted. */
    void run(List<Wanted> wanted, Progress progress) throws IOException {
        Map<String, Missing> missing = new LinkedHashMap<>();
        Set<Output> outputs = new HashSet<>();
        for (Wanted w : wanted) {
            String key = views.key(w.item, w.view);
            if (!w.output.table.contains(key)) {
                List<Output> into =
                        missing.computeIfAbsent(key, k -> new Missing(w.item, w.view, new ArrayList<>())).outputs;
                if (!into.contains(w.output)) {
                    into.add(w.output);
                }
                outputs.add(w.output);
            }
        }
        if (!missing.isEmpty()) {
            Map<Dataset.Item, List<Missing>> byImage = new LinkedHashMap<>();
            missing.values().forEach(m -> byImage.computeIfAbsent(m.item, i -> new ArrayList<>())
                    .add(m));
            compute(List.copyOf(byImage.values()), List.copyOf(outputs), missing.size(), progress);
        }
    }

    private void compute(List<List<Missing>> images, List<Output> outputs, int total, Progress progress)
            throws IOException {
        Tap[] taps = outputs.stream().map(Output::tap).toArray(Tap[]::new);
        List<RowBuffer> buffers = new ArrayList<>();
        outputs.forEach(output -> buffers.add(new RowBuffer(output, rows(outputs))));
        try (InferenceSession session = sessions.open(InferencePlan.fromImage(taps));
                Prefetcher<Rendered> rendered =
                        new Prefetcher<>(LOADERS, IMAGES_AHEAD, images.size(), i -> render(images.get(i)));
                Progress.Task task = progress.start("views through the frozen network", total)) {
            List<Missing> waiting = new ArrayList<>();
            float[] inputs = new float[batch * views.length()];
            while (rendered.hasNext()) {
                Rendered next = rendered.next();
                for (int i = 0; i < next.missing.size(); i++) {
                    System.arraycopy(
                            next.inputs, i * views.length(), inputs, waiting.size() * views.length(), views.length());
                    waiting.add(next.missing.get(i));
                    if (waiting.size() == batch) {
                        forward(session, waiting, inputs, buffers, task);
                    }
                }
            }
            forward(session, waiting, inputs, buffers, task);
            for (RowBuffer buffer : buffers) {
                buffer.keep();
            }
        }
    }

    private static int rows(List<Output> outputs) {
        long rowBytes =
                outputs.stream().mapToLong(o -> 4L * o.table.rowLength()).max().orElseThrow();
        return (int) Math.max(1, Math.min(MOST_ROWS, BUFFER_BYTES / rowBytes));
    }

    private Rendered render(List<Missing> ofOneImage) throws IOException {
        Dataset.Item item = ofOneImage.get(0).item;
        RgbImage original = originals.of(item);
        float[] inputs = new float[ofOneImage.size() * views.length()];
        for (int i = 0; i < ofOneImage.size(); i++) {
            views.render(original, item, ofOneImage.get(i).view, inputs, i * views.length());
        }
        return new Rendered(ofOneImage, inputs);
    }

    private void forward(
            InferenceSession session,
            List<Missing> waiting,
            float[] inputs,
            List<RowBuffer> buffers,
            Progress.Task task)
            throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        float[] exact = Arrays.copyOf(inputs, waiting.size() * views.length());
        Map<Tap, Tensor> found = session.run(Tensor.of(exact, waiting.size(), 3, views.size(), views.size()));
        for (int i = 0; i < waiting.size(); i++) {
            Missing m = waiting.get(i);
            for (RowBuffer buffer : buffers) {
                if (m.outputs.contains(buffer.output)) {
                    buffer.add(views.key(m.item, m.view), buffer.output.tap.of(found), i);
                }
            }
        }
        task.advance(waiting.size());
        waiting.clear();
    }

    /** Rows that are computed but not yet kept. */
    private static final class RowBuffer {
        private final Output output;
        private final int capacity;
        private final List<String> keys = new ArrayList<>();
        private final float[] rows;

        RowBuffer(Output output, int capacity) {
            this.output = output;
            this.capacity = capacity;
            this.rows = new float[capacity * output.table.rowLength()];
        }

        void add(String key, Tensor tensor, int index) throws IOException {
            int length = output.table.rowLength();
            if (tensor.size() != length * tensor.shape()[0]) {
                throw new IllegalStateException(
                        output.tap + " is " + Arrays.toString(tensor.shape()) + ", not rows of " + length);
            }
            System.arraycopy(tensor.data(), index * length, rows, keys.size() * length, length);
            keys.add(key);
            if (keys.size() == capacity) {
                keep();
            }
        }

        void keep() throws IOException {
            if (!keys.isEmpty()) {
                boolean full = keys.size() == capacity;
                float[] whole = full ? rows : Arrays.copyOf(rows, keys.size() * output.table.rowLength());
                output.table.append(List.copyOf(keys), whole);
                keys.clear();
            }
        }
    }
}
