package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.DatasetRow;

/** Data sets that were checked before. */
public final class Datasets {
    private Datasets() {}

    /**
     * The data set that {@code dataset.csv} describes.
     *
     * @param classes names, in the order of their labels
     * @param masks that were given
     * @param images opens them
     */
    public static Dataset of(List<DatasetRow> rows, List<String> classes, GivenMasks masks, ImageLoader images) {
        Map<String, Integer> labels = new HashMap<>();
        classes.forEach(name -> labels.put(name, labels.size()));
        labels.put("", Dataset.UNLABELLED);
        List<Dataset.Item> items = new ArrayList<>();
        for (DatasetRow row : rows) {
            if (row.usable()) {
                int label = Objects.requireNonNull(labels.get(row.label()), row.label());
                items.add(new Dataset.Item(row.path(), row.split(), label, row.sha256(), masks.of(row.path())));
            }
        }
        return new Dataset(images, classes, items);
    }

    /** Changes when a listed image or mask is added, removed or written, or something else is told; none is opened. */
    public static String fingerprint(Listing listing) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(listing.classes()).append(listing.problems()).append('\n');
        listing.ignored().forEach(told -> text.append(told).append('\n'));
        listing.assumptions().forEach(told -> text.append(told.text()).append('\n'));
        for (Listing.Entry entry : listing.entries()) {
            text.append(entry.path()).append('\t').append(entry.split()).append('\t');
            text.append(entry.label()).append('\t').append(entry.problem().orElse(""));
            append(text, listing.root().resolve(entry.path()));
            if (entry.mask().isPresent()) {
                append(text, entry.mask().get());
            }
            text.append('\n');
        }
        return Hashes.sha256(text.toString());
    }

    /** Changes when a mask is added, removed, written or read otherwise. */
    public static String maskFingerprint(Dataset dataset) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Dataset.Item item : dataset.items()) {
            if (item.mask().isPresent()) {
                text.append(item.path()).append(item.mask().get().meaning());
                append(text, item.mask().get().file());
                text.append('\n');
            }
        }
        return Hashes.sha256(text.toString());
    }

    /**
     * What the masks hold and how it is read, wherever and since when they lie.
     *
     * @return SHA-256; empty where no image has a mask
     */
    public static Optional<String> maskHash(Dataset dataset) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Dataset.Item item : dataset.items()) {
            if (item.mask().isPresent()) {
                GivenMask mask = item.mask().get();
                text.append(item.path()).append('\t').append(mask.meaning()).append('\t');
                text.append(Files.exists(mask.file()) ? Hashes.sha256(mask.file()) : "none")
                        .append('\n');
            }
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(Hashes.sha256(text.toString()));
    }

    private static void append(StringBuilder text, Path file) throws IOException {
        if (Files.exists(file)) {
            text.append('\t').append(Files.size(file)).append('\t');
            text.append(Files.getLastModifiedTime(file).toMillis());
        }
    }
}
