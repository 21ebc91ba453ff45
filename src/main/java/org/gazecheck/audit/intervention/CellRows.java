package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Frames;
import org.gazecheck.network.Network;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.progress.Progress;
import org.gazecheck.store.Encoding;
import org.gazecheck.store.ShardRepair;
import org.gazecheck.store.Table;
import org.jspecify.annotations.Nullable;

/** Cells as the audited network sees them. Each image's are computed once and kept: predicted class, contributions, features. */
final class CellRows implements CellSource {
    private static final int VERSION = 1;
    private static final int SHARD_ROWS = 256;
    private static final int WORTH_TELLING = 16;

    private final AuditInputs inputs;
    private final Progress progress;
    private final Network network;
    private final Tap.Activations finer;
    private final CellGrid coarse;
    private final CellGrid fine;
    private final CellProjection projection;
    private final Table table;
    private @Nullable LayerTap tap;

    private CellRows(AuditInputs inputs, Progress progress) throws IOException {
        this.inputs = inputs;
        this.progress = progress;
        this.network = inputs.network();
        int size = inputs.preprocessing().crop();
        this.finer = new Tap.Activations(network.finerLayer(size));
        int[] last = network.outputShape(network.lastLayer(), size);
        int[] before = network.outputShape(finer.layer(), size);
        this.coarse = new CellGrid(last[1], last[2]);
        this.fine = new CellGrid(before[1], before[2]);
        this.projection = CellProjection.of(before[0]);
        this.table = inputs.store()
                .open(
                        "cells",
                        context(),
                        Encoding.FLOAT32,
                        1 + coarse.count() + fine.count() * projection.dimensions());
    }

    /** Empty where the network has no gradients at its last layer: what its cells contribute is not known. */
    static Optional<CellSource> open(AuditInputs inputs, Progress progress) throws IOException {
        Network network = inputs.network();
        return network.whyNoGradients(network.lastLayer()).isPresent()
                ? Optional.empty()
                : Optional.of(new CellRows(inputs, progress));
    }

    private String context() {
        return String.join(
                "\n",
                "version " + VERSION,
                "network " + network.hash(),
                "engine " + compute().inference(),
                inputs.preprocessing().identity(),
                "layers " + network.lastLayer() + " " + finer.layer());
    }

    private ComputeSettings compute() {
        return inputs.configuration().compute();
    }

    @Override
    public List<ImageCells> of(List<SegmentedImage> images) throws IOException {
        List<String> keys = images.stream().map(image -> image.item().sha256()).toList();
        return ShardRepair.of(List.of(table), () -> compute(images, keys), () -> {
            float[] row = new float[table.rowLength()];
            List<ImageCells> cells = new ArrayList<>();
            for (String key : keys) {
                table.read(key, row, 0);
                cells.add(cells(row));
            }
            return cells;
        });
    }

    private ImageCells cells(float[] row) {
        int from = 1 + coarse.count();
        return new ImageCells(
                (int) row[0],
                coarse,
                Arrays.copyOfRange(row, 1, from),
                fine,
                Arrays.copyOfRange(row, from, row.length));
    }

    private void compute(List<SegmentedImage> images, List<String> keys) throws IOException {
        if (table.missing(keys) == 0) {
            return;
        }
        Progress told = keys.size() < WORTH_TELLING ? Progress.SILENT : progress;
        try (Progress.Task task = told.start("locate evidence", keys.size())) {
            table.compute(keys, SHARD_ROWS, (indices, out) -> rows(images, indices, out), task);
        }
    }

    private void rows(List<SegmentedImage> images, int[] indices, float[] out) {
        int batch = compute().batch();
        for (int first = 0; first < indices.length; first += batch) {
            List<SegmentedImage> some = IntStream.range(first, Math.min(indices.length, first + batch))
                    .mapToObj(i -> images.get(indices[i]))
                    .toList();
            rows(some, out, first * table.rowLength());
        }
    }

    private void rows(List<SegmentedImage> images, float[] out, int at) {
        Frames frames = new Frames(
                images.stream().map(SegmentedImage::frame).toList(),
                inputs.preprocessing().normalisation());
        LayerTap.Forward forward = tap().forward(frames.tensor());
        int[] predicted = predicted(forward.logits());
        Tensor maps = tap().maps(CamMethod.GRADCAM, forward, overOthers(predicted));
        Tensor activations = finer.of(forward.more());
        for (int i = 0; i < predicted.length; i++) {
            int row = at + i * table.rowLength();
            out[row] = predicted[i];
            System.arraycopy(maps.data(), i * coarse.count(), out, row + 1, coarse.count());
            projection.write(activations, i, out, row + 1 + coarse.count());
        }
    }

    private int[] predicted(Tensor logits) {
        int classes = network.classes();
        return IntStream.range(0, logits.shape()[0])
                .map(i -> CompositeScores.best(
                        Arrays.copyOfRange(logits.data(), i * classes, (i + 1) * classes), classes))
                .toArray();
    }

    /** 1 for the predicted class, -1 divided among the others, [n, classes]. */
    private Tensor overOthers(int[] predicted) {
        int classes = network.classes();
        float[] weights = new float[predicted.length * classes];
        Arrays.fill(weights, -1f / Math.max(1, classes - 1));
        for (int i = 0; i < predicted.length; i++) {
            weights[i * classes + predicted[i]] = 1;
        }
        return Tensor.of(weights, predicted.length, classes);
    }

    private LayerTap tap() {
        if (tap == null) {
            tap = LayerTap.open(
                    network,
                    network.lastLayer(),
                    Engine.of(compute().inference()),
                    compute().threads(),
                    finer);
        }
        return tap;
    }

    @Override
    public void close() throws IOException {
        if (tap != null) {
            tap.close();
        }
        table.close();
    }
}
