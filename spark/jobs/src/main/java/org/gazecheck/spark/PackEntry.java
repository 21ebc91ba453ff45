package org.gazecheck.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.gazecheck.data.Listing;
import org.gazecheck.results.Split;

/**
 * One image of a listing, on its way to an executor.
 *
 * @param number its place in the listing
 * @param problem why it cannot be used, as far as that is known; null where nothing is
 * @param mask its file; null where none is given
 */
record PackEntry(int number, String path, Split split, String label, String problem, String mask)
        implements Serializable {
    static PackEntry of(int number, Listing.Entry entry) {
        return new PackEntry(
                number,
                entry.path(),
                entry.split(),
                entry.label(),
                entry.problem().orElse(null),
                entry.mask().map(Path::toString).orElse(null));
    }

    Listing.Entry entry() {
        return new Listing.Entry(
                path,
                split,
                label,
                Optional.ofNullable(problem),
                Optional.ofNullable(mask).map(Path::of));
    }
}
