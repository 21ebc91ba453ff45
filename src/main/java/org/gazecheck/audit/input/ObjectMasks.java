package org.gazecheck.audit.input;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.DataSettings.MissingMasks;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.KeptImages;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.image.Mask;
import org.gazecheck.progress.Progress;
import org.gazecheck.rows.RowImage;
import org.gazecheck.store.DamagedShardException;
import org.gazecheck.store.Table;

/**
 * Where the object is in each image: as given with the data, or estimated where the data have no masks at all, or have none of
 * an image and that is wanted ({@code data.missingMasks}). Estimates are made once and kept.
 */
public final class ObjectMasks implements AutoCloseable {
    /** Images of train whose masks the audit asks for at most, drawn by {@link ImageSample}. */
    public static final int OF_TRAIN = 1000;

    private static final int THREADS = 2;
    private static final int AHEAD = 32;
    private static final int SHARD_ROWS = 256;
    private static final long GIVEN_BYTES = 128L << 20;

    private final AuditInputs inputs;
    private final Progress progress;
    private final KeptImages<Mask> given;
    private final EstimatedMaskRow kind;
    private final Optional<Table> estimates;

    private ObjectMasks(AuditInputs inputs, Progress progress, EstimatedMaskRow kind, Optional<Table> estimates) {
        this.inputs = inputs;
        this.progress = progress;
        this.given = new KeptImages<>(
                GIVEN_BYTES,
                item -> item.mask().orElseThrow().read().frame(inputs.preprocessing()),
                mask -> 2 * mask.foreground().length);
        this.kind = kind;
        this.estimates = estimates;
    }

    static ObjectMasks open(AuditInputs inputs, Progress progress) throws IOException {
        EstimatedMaskRow kind =
                new EstimatedMaskRow(inputs.preprocessing(), inputs.dataset().images());
        if (!estimates(inputs.dataset(), inputs.configuration())) {
            return new ObjectMasks(inputs, progress, kind, Optional.empty());
        }
        return new ObjectMasks(
                inputs,
                progress,
                kind,
                Optional.of(inputs.store().open(kind.name(), kind.context(), kind.encoding(), kind.rowLength())));
    }

    static boolean given(Dataset dataset) {
        return dataset.items().stream().anyMatch(item -> item.mask().isPresent());
    }

    /** Whether masks are estimated: of all images, or of those that have none where others do. */
    public static boolean estimates(Dataset dataset, Configuration configuration) {
        if (!given(dataset)) {
            return configuration.audit().estimateMasks();
        }
        return configuration.data().missingMasks() == MissingMasks.ESTIMATE
                && dataset.items().stream().anyMatch(item -> item.mask().isEmpty());
    }

    /** Whether some or all of them are estimates rather than given. */
    public boolean estimated() {
        return estimates.isPresent();
    }

    /** How rows that build on them take them. */
    public MaskRows rows() {
        return new MaskRows(givenKind(inputs), kind);
    }

    /** An image without its bytes, for keys of rows that build on its mask. */
    public RowImage keyed(Dataset.Item item) throws IOException {
        RowImage image = RowImage.of(item.path(), new byte[0], item.sha256(), item.label());
        if (item.mask().isPresent()) {
            return image.with(item.mask().get().bytes());
        }
        return estimates.isPresent() ? image.with(kind, new float[0]) : image;
    }

    /** How given masks are read, where there are some. */
    static Optional<GivenMaskRow> givenKind(AuditInputs inputs) {
        return inputs.dataset().items().stream()
                .flatMap(item -> item.mask().stream())
                .findFirst()
                .map(mask -> new GivenMaskRow(inputs.preprocessing(), mask.meaning()));
    }

    /** Makes the estimates of images that will be asked for. */
    public void prepare(List<Dataset.Item> wanted) throws IOException {
        if (estimates.isEmpty()) {
            return;
        }
        List<Dataset.Item> items =
                wanted.stream().filter(item -> item.mask().isEmpty()).toList();
        List<String> keys = items.stream().map(Dataset.Item::sha256).toList();
        if (estimates.get().missing(keys) > 0) {
            try (Progress.Task task = progress.start("estimate masks", keys.size())) {
                estimates.get().compute(keys, SHARD_ROWS, (indices, out) -> rows(items, indices, out), task);
            }
        }
    }

    private void rows(List<Dataset.Item> items, int[] indices, float[] out) throws IOException {
        int length = estimates.orElseThrow().rowLength();
        try (Prefetcher<float[]> rows =
                new Prefetcher<>(THREADS, AHEAD, indices.length, i -> row(items.get(indices[i])))) {
            for (int i = 0; rows.hasNext(); i++) {
                System.arraycopy(rows.next(), 0, out, i * length, length);
            }
        }
    }

    private float[] row(Dataset.Item item) throws IOException {
        return kind.row(inputs.images().frame(item), item.sha256());
    }

    /**
     * Framed as the network sees the image, [size, size]; empty where it is not known. Estimates are there for
     * images that {@link #prepare} was given.
     */
    public Optional<Mask> of(Dataset.Item item) throws IOException {
        if (item.mask().isPresent()) {
            return Optional.of(given.of(item));
        }
        return estimates.isPresent() ? estimate(item) : Optional.empty();
    }

    private Optional<Mask> estimate(Dataset.Item item) throws IOException {
        Table table = estimates.orElseThrow();
        float[] row = new float[table.rowLength()];
        try {
            table.read(item.sha256(), row, 0);
        } catch (DamagedShardException e) {
            row = row(item);
        }
        return kind.mask(row);
    }

    @Override
    public void close() throws IOException {
        if (estimates.isPresent()) {
            estimates.get().close();
        }
    }
}
