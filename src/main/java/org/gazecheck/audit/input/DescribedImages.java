package org.gazecheck.audit.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.image.Mask;
import org.gazecheck.image.PerceptualHash;
import org.gazecheck.image.SceneDescriptor;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Split;
import org.gazecheck.rows.RowImage;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.ShardRepair;
import org.gazecheck.store.Table;

/** What the images of a data set are like, without any network: of each its {@link DescriptionRow}, computed once and kept. */
public final class DescribedImages {
    private static final int THREADS = 2;
    private static final int AHEAD = 32;
    private static final int SHARD_ROWS = 256;

    private final AuditInputs inputs;
    private final ObjectMasks masks;
    private final DescriptionRow kind;
    private final Set<String> withoutMask = new HashSet<>();

    private DescribedImages(AuditInputs inputs, ObjectMasks masks) {
        this.inputs = inputs;
        this.masks = masks;
        this.kind = new DescriptionRow(inputs.preprocessing(), inputs.dataset().images(), masks.rows());
    }

    /**
     * One image.
     *
     * @param scene as {@link SceneDescriptor} makes it; empty without mask or scene
     * @param hash as {@link PerceptualHash} makes it
     */
    public record Described(Dataset.Item item, ImageProperties properties, Optional<double[]> scene, long hash) {}

    /**
     * All images of all splits, in the data set's order. Where masks are estimated, those of a sample of train are.
     */
    static List<Described> describe(AuditInputs inputs, ObjectMasks masks, Progress progress) throws IOException {
        DescribedImages described = new DescribedImages(inputs, masks);
        described.prepareMasks();
        DescriptionRow kind = described.kind;
        try (Table table = inputs.store().open(kind.name(), kind.context(), kind.encoding(), kind.rowLength())) {
            return described.describe(table, progress);
        }
    }

    private List<Described> describe(Table table, Progress progress) throws IOException {
        List<Dataset.Item> items = inputs.dataset().items();
        List<String> keys = new ArrayList<>();
        for (Dataset.Item item : items) {
            keys.add(key(item));
        }
        return ShardRepair.of(List.of(table), () -> compute(table, items, keys, progress), () -> {
            List<Described> all = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                double[] row = new double[kind.rowLength()];
                table.read(keys.get(i), row, 0);
                all.add(described(items.get(i), row));
            }
            return all;
        });
    }

    private void compute(Table table, List<Dataset.Item> items, List<String> keys, Progress progress)
            throws IOException {
        if (table.missing(keys) == 0) {
            return;
        }
        try (Progress.Task task = progress.start("measure images", keys.size())) {
            Progress.Task present = steps -> task.advance(0);
            task.advance(keys.size() - table.missing(keys));
            table.compute(double[].class, keys, SHARD_ROWS, (indices, out) -> rows(items, indices, out, task), present);
        }
    }

    private void rows(List<Dataset.Item> items, int[] indices, double[] out, Progress.Task task) throws IOException {
        try (Prefetcher<double[]> rows =
                new Prefetcher<>(THREADS, AHEAD, indices.length, i -> row(items.get(indices[i])))) {
            for (int i = 0; rows.hasNext(); i++) {
                System.arraycopy(rows.next(), 0, out, i * kind.rowLength(), kind.rowLength());
                task.advance(1);
            }
        }
    }

    private void prepareMasks() throws IOException {
        List<Dataset.Item> prepared = new ArrayList<>(inputs.dataset().items());
        if (masks.estimated()) {
            withoutMask.addAll(withoutMask(inputs.dataset(), inputs.randomness()));
            prepared.removeIf(item -> withoutMask.contains(item.path()));
        }
        masks.prepare(prepared);
    }

    /** Paths of the images of which no mask is estimated where those of others are: of train all but a sample. */
    public static Set<String> withoutMask(Dataset dataset, Randomness randomness) {
        List<Dataset.Item> train = dataset.of(Split.TRAIN).stream()
                .filter(item -> item.mask().isEmpty())
                .toList();
        Set<String> paths = new HashSet<>();
        train.forEach(item -> paths.add(item.path()));
        ImageSample.draw(randomness, train, ObjectMasks.OF_TRAIN).forEach(item -> paths.remove(item.path()));
        return paths;
    }

    private Optional<Mask> mask(Dataset.Item item) throws IOException {
        return withoutMask.contains(item.path()) ? Optional.empty() : masks.of(item);
    }

    private double[] row(Dataset.Item item) throws IOException {
        return kind.row(inputs.images().framed(item), mask(item));
    }

    /** As {@link MaskRows#key} has it, so that rows are found that were computed elsewhere. */
    private String key(Dataset.Item item) throws IOException {
        return kind.key(
                withoutMask.contains(item.path())
                        ? RowImage.of(item.path(), new byte[0], item.sha256(), item.label())
                        : masks.keyed(item));
    }

    private static Described described(Dataset.Item item, double[] row) {
        return new Described(
                item,
                DescriptionRow.properties(row, item.path(), item.sha256(), item.split()),
                DescriptionRow.scene(row),
                DescriptionRow.hash(row));
    }
}
