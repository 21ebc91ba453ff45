package org.gazecheck.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.gazecheck.config.CacheSettings;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.store.Encoding;
import org.gazecheck.store.Store;
import org.gazecheck.store.Table;

/** Where the outputs of the frozen network are kept, and what they depend on. */
final class FrozenRows {
    private static final int VERSION = 1;

    private FrozenRows() {}

    /** Rows of features [d]. */
    static Table features(Store store, BuiltInNetwork network, Engine engine, Preprocessing at) throws IOException {
        int width = network.architecture().features();
        return store.open("features", context(network, engine, at, "features"), Encoding.FLOAT32, width);
    }

    /** Rows of a stage's activations [c, h, w], in half precision. */
    static Table activations(Store store, BuiltInNetwork network, Engine engine, Preprocessing at, String stage)
            throws IOException {
        int length = length(network.architecture().outputShape(stage, at.crop()));
        return store.open("activations", context(network, engine, at, stage), Encoding.FLOAT16, length);
    }

    private static String context(BuiltInNetwork network, Engine engine, Preprocessing at, String what) {
        return String.join(
                "\n",
                "version " + VERSION,
                "network " + network.hash(),
                "engine " + engine,
                at.identity(),
                "output " + what);
    }

    static int length(int[] shape) {
        return Math.multiplyExact(Math.multiplyExact(shape[0], shape[1]), shape[2]);
    }

    /**
     * Fails before the disk is filled.
     *
     * @param rows how many half-precision rows a recipe keeps
     * @param missing how many of them are still to be written
     * @param limit bytes that they may take in all
     * @param cache where they go
     */
    static void checkSpace(long rows, long missing, int rowLength, long limit, CacheSettings cache) throws IOException {
        long rowBytes = 4 + 2L * rowLength;
        String what = String.format(
                Locale.ROOT,
                "the frozen part's outputs take %s (%d views of %s)",
                gigabytes(rows * rowBytes),
                rows,
                gigabytes(rowBytes));
        if (rows * rowBytes > limit) {
            throw new GazecheckException(what + ", more than train.finetune.diskLimit allows (" + gigabytes(limit)
                    + "): raise it, or lower train.finetune.views or model.size");
        }
        if (rows * rowBytes > cache.maxSize()) {
            throw new GazecheckException(what + ", more than the store may hold (cache.maxSize "
                    + gigabytes(cache.maxSize()) + "): raise it, or lower train.finetune.views or model.size");
        }
        Path existing = cache.dir().toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        long free = Files.getFileStore(existing).getUsableSpace();
        if (missing * rowBytes > free) {
            throw new GazecheckException(
                    what + ", " + gigabytes(missing * rowBytes) + " of it still to be written, but "
                            + existing + " has only " + gigabytes(free)
                            + " free: make room, set cache.dir to another disk, or lower train.finetune.views");
        }
    }

    private static String gigabytes(long bytes) {
        return bytes < 1e7
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
