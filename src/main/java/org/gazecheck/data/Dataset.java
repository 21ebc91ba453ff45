package org.gazecheck.data;

import java.util.List;
import java.util.Optional;
import org.gazecheck.results.Split;

/**
 * Images with labels, checked: every item can be decoded.
 *
 * @param images opens them
 * @param classes class names; a label is an index into them
 * @param items in the order of {@code dataset.csv}
 */
public record Dataset(ImageLoader images, List<String> classes, List<Item> items) {
    public Dataset {
        classes = List.copyOf(classes);
        items = List.copyOf(items);
    }

    /** The label of an image that nobody labelled. */
    public static final int UNLABELLED = -1;

    /**
     * One image.
     *
     * @param path relative to the root, with forward slashes
     * @param label index of the class, or {@link #UNLABELLED}
     * @param sha256 of the file's bytes
     * @param mask that was given for the image
     */
    public record Item(String path, Split split, int label, String sha256, Optional<GivenMask> mask) {
        public boolean labelled() {
            return label != UNLABELLED;
        }
    }

    /** The name of an image's class, where somebody labelled it. */
    public Optional<String> className(Item item) {
        return item.labelled() ? Optional.of(classes.get(item.label())) : Optional.empty();
    }

    /** The items of one split, in order. */
    public List<Item> of(Split split) {
        return items.stream().filter(item -> item.split() == split).toList();
    }
}
