package org.gazecheck.audit.input;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.gazecheck.config.Configuration;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Mask;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.store.Store;
import org.gazecheck.store.Table;

/**
 * The masks that an audit had, to be shown: given with the data, or estimated and kept by it. Nothing is estimated here.
 * Reading is safe from several threads.
 */
public final class KeptMasks implements Closeable {
    private final Preprocessing preprocessing;
    private final boolean given;
    private final EstimatedMaskRow kind;
    private final Optional<Table> estimates;

    private KeptMasks(Preprocessing preprocessing, boolean given, EstimatedMaskRow kind, Optional<Table> estimates) {
        this.preprocessing = preprocessing;
        this.given = given;
        this.kind = kind;
        this.estimates = estimates;
    }

    public static KeptMasks open(Dataset dataset, Preprocessing preprocessing, Store store, Configuration configuration)
            throws IOException {
        EstimatedMaskRow kind = new EstimatedMaskRow(preprocessing, dataset.images());
        return new KeptMasks(
                preprocessing,
                ObjectMasks.given(dataset),
                kind,
                ObjectMasks.estimates(dataset, configuration)
                        ? store.find(kind.name(), kind.context(), kind.encoding(), kind.rowLength())
                        : Optional.empty());
    }

    /** Whether the data have masks. */
    public boolean given() {
        return given;
    }

    /** Whether estimates are there. */
    public boolean estimated() {
        return estimates.isPresent();
    }

    /** Whether anything is known about an image: a mask file is named, or its estimate was kept. */
    public boolean knows(Dataset.Item item) {
        return item.mask().isPresent()
                || estimates.map(table -> table.contains(item.sha256())).orElse(false);
    }

    /**
     * Framed as the network sees the image, [size, size]; of an image that is {@link #knows known}.
     *
     * @return empty where the estimate separated no object from the background
     * @throws IOException when the file or the row is damaged
     */
    public Optional<Mask> of(Dataset.Item item) throws IOException {
        if (item.mask().isPresent()) {
            return Optional.of(item.mask().get().read().frame(preprocessing));
        }
        Table table = estimates.orElseThrow();
        float[] row = new float[table.rowLength()];
        table.read(item.sha256(), row, 0);
        return kind.mask(row);
    }

    @Override
    public void close() throws IOException {
        if (estimates.isPresent()) {
            estimates.get().close();
        }
    }
}
