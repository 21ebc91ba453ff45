package org.gazecheck.audit.intervention;

import java.util.List;
import java.util.function.Predicate;

/**
 * Images that something may be taken from, to be shown to the network with the label of another image.
 *
 * @param ownToo whether the class's own images may be taken where others are too few: only where objects are known, since what
 *     estimates leave of an object would be shown under another label
 */
record Donors(List<SegmentedImage> images, boolean ownToo) {
    Donors {
        images = List.copyOf(images);
    }

    /**
     * Those of other classes that show it, and where these are too few the class's own too; none where all are too few.
     *
     * @param label of the class
     */
    List<SegmentedImage> showing(int label, Predicate<SegmentedImage> shows) {
        List<SegmentedImage> all = images.stream().filter(shows).toList();
        List<SegmentedImage> others =
                all.stream().filter(image -> image.label() != label).toList();
        List<SegmentedImage> found = others.size() >= Trial.FEWEST || !ownToo ? others : all;
        return found.size() >= Trial.FEWEST ? found : List.of();
    }
}
