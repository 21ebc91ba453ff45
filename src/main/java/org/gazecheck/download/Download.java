package org.gazecheck.download;

import java.net.URI;
import java.nio.file.Path;

/**
 * A file to fetch.
 *
 * @param target where it goes once it is whole and checked; until then it grows beside it, ending in {@code .part}
 * @param checksum its publisher's
 */
public record Download(URI uri, Path target, Checksum checksum) {
    Path part() {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /** Keeps the validator (ETag or date) of the server's file that {@link #part} is of. */
    Path validator() {
        return target.resolveSibling(target.getFileName() + ".part.version");
    }

    /** What a person can do instead. */
    String byHand() {
        return "download " + uri + " in another way and put it at " + target;
    }
}
