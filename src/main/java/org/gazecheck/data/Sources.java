package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.gazecheck.config.DataSettings;
import org.gazecheck.progress.Progress;
import org.jspecify.annotations.Nullable;

/** From a configuration to the images that it means. */
public final class Sources {
    private Sources() {}

    /**
     * Lists the images, downloading or drawing them first where the source does that.
     *
     * @param seed decides the split of a folder without one, and the drawings of the demo
     * @param toTrain whether a network is to learn the classes, and not only to be asked for them
     * @throws DataException when there is nothing that could be listed, or too little to be learned
     */
    public static Listing read(DataSettings data, long seed, boolean toTrain, Progress progress) throws IOException {
        Listing listing =
                switch (data.source()) {
                    case FLOWERS102 -> Flowers102Source.official().read(data, progress);
                    case FOLDER -> new FolderSource(data, data.masks(), seed, toTrain).read();
                    case CSV -> CsvSource.read(data, seed, toTrain);
                    case DEMO -> demo(data, seed, toTrain, progress);
                };
        if (listing.entries().isEmpty() && listing.problems().isEmpty()) {
            throw new DataException("data.dir " + data.dir() + " holds no images that could be used"
                    + (data.source() == DataSettings.Source.FOLDER
                            ? ": images are expected as CLASS/..., or as train|val|test/CLASS/..."
                            : ""));
        }
        return withMasks(listing, masks(data));
    }

    private static Listing withMasks(Listing listing, Optional<Path> folder) throws IOException {
        if (folder.isEmpty()
                || !Files.isDirectory(folder.get())
                || listing.entries().isEmpty()) {
            return listing;
        }
        return listing.with(
                folder.get(),
                MaskFiles.find(
                        folder.get(),
                        listing.entries().stream().map(Listing.Entry::path).toList()));
    }

    /**
     * Why the images are not there yet, where a run would fetch or draw them first.
     *
     * @throws DataException when it could not
     */
    public static Optional<String> toCome(DataSettings data, long seed) throws IOException {
        return switch (data.source()) {
            case FOLDER, CSV -> Optional.empty();
            case FLOWERS102 -> Flowers102Source.official().toDownload(data);
            case DEMO -> new DemoDrawing(data.drawn(), seed).toDraw(data.dir());
        };
    }

    private static Listing demo(DataSettings data, long seed, boolean toTrain, Progress progress) throws IOException {
        Path masks = drawnMasks(data);
        new DemoDrawing(data.drawn(), seed).draw(data.dir(), masks, progress);
        return new FolderSource(data, masks, seed, toTrain).read();
    }

    /** Where masks lie, if there are any. */
    public static Optional<Path> masks(DataSettings data) {
        return data.source() == DataSettings.Source.DEMO
                ? Optional.of(drawnMasks(data))
                : Optional.ofNullable(data.masks());
    }

    private static Path drawnMasks(DataSettings data) {
        return Objects.requireNonNullElse(data.masks(), data.dir().resolve("masks"));
    }

    static void requireFolder(@Nullable Path folder, String key) throws DataException {
        if (folder == null || !Files.isDirectory(folder)) {
            throw new DataException(
                    key + " " + folder + " is not a folder: set " + key + " to the one with the images");
        }
    }

    static void requireMasks(@Nullable Path masks, List<String> problems) {
        if (masks != null && !Files.isDirectory(masks)) {
            problems.add("data.masks " + masks + " is not a folder: correct it, or leave it out");
        }
    }
}
