package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.evaluate.Logits;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Engine;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.Split;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.store.ShardRepair;
import org.gazecheck.store.Table;
import org.jspecify.annotations.Nullable;

/** What the audited network says. Each row is computed once and kept. */
final class CompositeScores implements Scores {
    private static final int MAKERS = 2;
    private static final int BATCHES_AHEAD = 3;
    private static final int SHARD_ROWS = 256;

    private final AuditInputs inputs;
    private final ComputeSettings compute;
    private final CompositeRow kind;
    private final Table table;
    private CompositeRow.@Nullable Pass pass;

    private CompositeScores(AuditInputs inputs, CompositeRow kind) throws IOException {
        this.inputs = inputs;
        this.compute = inputs.configuration().compute();
        this.kind = kind;
        this.table = inputs.store().open(kind.name(), kind.context(), kind.encoding(), kind.rowLength());
    }

    /** Rows of logits [classes], or of logits and pooled features [classes + d]. */
    static CompositeScores open(AuditInputs inputs, boolean features) throws IOException {
        return features ? withFeatures(inputs) : ofLogits(inputs);
    }

    /** Rows of logits [classes]. */
    static CompositeScores ofLogits(AuditInputs inputs) throws IOException {
        return new CompositeScores(
                inputs, CompositeRow.ofLogits(inputs.network(), inputs.preprocessing(), engine(inputs)));
    }

    /** Rows of logits and pooled features [classes + d]. */
    static CompositeScores withFeatures(AuditInputs inputs) throws IOException {
        return new CompositeScores(
                inputs, CompositeRow.withFeatures(inputs.network(), inputs.preprocessing(), engine(inputs)));
    }

    private static Engine engine(AuditInputs inputs) {
        return Engine.of(inputs.configuration().compute().inference());
    }

    @Override
    public float[][] of(List<? extends Composite> composites, String what, Progress progress) throws IOException {
        List<String> keys = composites.stream().map(Composite::key).toList();
        return ShardRepair.of(List.of(table), () -> compute(composites, keys, what, progress), () -> {
            float[][] rows = new float[keys.size()][table.rowLength()];
            for (int i = 0; i < rows.length; i++) {
                table.read(keys.get(i), rows[i], 0);
            }
            return rows;
        });
    }

    /** Those that have no row yet, each content once. */
    <C extends Composite> Map<String, C> missing(List<C> composites) {
        Map<String, C> missing = new LinkedHashMap<>();
        for (C composite : composites) {
            if (!table.contains(composite.key())) {
                missing.putIfAbsent(composite.key(), composite);
            }
        }
        return missing;
    }

    /** Keeps rows that were computed elsewhere, by key. */
    void keep(Map<String, float[]> rows) throws IOException {
        List<String> keys = List.copyOf(rows.keySet());
        for (int from = 0; from < keys.size(); from += SHARD_ROWS) {
            List<String> shard = keys.subList(from, Math.min(keys.size(), from + SHARD_ROWS));
            float[] values = new float[shard.size() * table.rowLength()];
            for (int i = 0; i < shard.size(); i++) {
                float[] row = Objects.requireNonNull(rows.get(shard.get(i)));
                System.arraycopy(row, 0, values, i * table.rowLength(), table.rowLength());
            }
            table.append(shard, values);
        }
    }

    /** At the temperature that the run's evaluation fitted, as its other probabilities are; 1 where it fitted none. */
    @Override
    public float[][] probabilities(float[][] rows) throws IOException {
        int classes = inputs.dataset().classes().size();
        Metrics metrics = MetricsFile.read(inputs.folder().metrics());
        double temperature = metrics.of(Split.VAL)
                .or(() -> metrics.of(Split.TEST))
                .map(SplitMetrics::temperature)
                .orElse(1.0);
        float[][] probabilities = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            probabilities[i] = new Logits(1, classes, Arrays.copyOf(rows[i], classes)).probabilities(temperature);
        }
        return probabilities;
    }

    static int best(float[] row, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = row[c] > row[best] ? c : best;
        }
        return best;
    }

    private void compute(List<? extends Composite> composites, List<String> keys, String what, Progress progress)
            throws IOException {
        if (table.missing(keys) == 0) {
            return;
        }
        try (Progress.Task task = progress.start(what, keys.size())) {
            table.compute(keys, SHARD_ROWS, (indices, out) -> rows(composites, indices, out), task);
        }
    }

    private void rows(List<? extends Composite> composites, int[] indices, float[] out) throws IOException {
        int batch = compute.batch();
        int batches = (indices.length + batch - 1) / batch;
        try (Prefetcher<List<RgbImage>> made =
                new Prefetcher<>(MAKERS, BATCHES_AHEAD, batches, b -> images(composites, indices, b * batch))) {
            for (int b = 0; made.hasNext(); b++) {
                List<RgbImage> images = made.next();
                pass().score(images, out, b * batch * kind.rowLength());
            }
        }
    }

    private List<RgbImage> images(List<? extends Composite> composites, int[] indices, int from) throws IOException {
        List<RgbImage> images = new ArrayList<>();
        for (int i = from; i < Math.min(indices.length, from + compute.batch()); i++) {
            images.add(composites.get(indices[i]).image());
        }
        return images;
    }

    private CompositeRow.Pass pass() {
        if (pass == null) {
            pass = kind.open(compute.threads());
        }
        return pass;
    }

    @Override
    public void close() throws IOException {
        if (pass != null) {
            pass.close();
        }
        table.close();
    }
}
