package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.ImageSample;
import org.gazecheck.audit.input.ObjectMasks;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.image.Mask;

/**
 * Images drawn evenly from the classes, with their masks.
 *
 * @param leftOut drawn ones without a mask that divides them
 */
record SegmentedSample(List<SegmentedImage> images, int leftOut) {
    private static final int READERS = 2;
    private static final int AHEAD = 16;

    /** Draws them. */
    interface Source {
        /** @param most how many images at most */
        SegmentedSample draw(List<Dataset.Item> items, int most) throws IOException;
    }

    static SegmentedSample draw(AuditInputs inputs, ObjectMasks masks, List<Dataset.Item> items, int most)
            throws IOException {
        List<Dataset.Item> drawn = ImageSample.draw(inputs.randomness(), items, most);
        masks.prepare(drawn);
        return read(inputs, masks, drawn);
    }

    private static SegmentedSample read(AuditInputs inputs, ObjectMasks masks, List<Dataset.Item> items)
            throws IOException {
        List<SegmentedImage> images = new ArrayList<>();
        int leftOut = 0;
        try (Prefetcher<Optional<SegmentedImage>> made =
                new Prefetcher<>(READERS, AHEAD, items.size(), i -> segment(inputs, masks, items.get(i)))) {
            while (made.hasNext()) {
                Optional<SegmentedImage> image = made.next();
                image.ifPresent(images::add);
                leftOut += image.isEmpty() ? 1 : 0;
            }
        }
        return new SegmentedSample(images, leftOut);
    }

    private static Optional<SegmentedImage> segment(AuditInputs inputs, ObjectMasks masks, Dataset.Item item)
            throws IOException {
        Optional<Mask> mask = masks.of(item);
        if (mask.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SegmentedImage(item, inputs.images().frame(item), mask.get()))
                .filter(SegmentedImage::divisible);
    }
}
