package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.ImageSample;
import org.gazecheck.audit.input.ObjectMasks;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;

/**
 * Images drawn evenly from the classes, with their masks.
 *
 * @param images all that were drawn, those too whose mask does not divide them
 */
record SegmentedSample(List<SegmentedImage> images) {
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
        try (Prefetcher<SegmentedImage> made =
                new Prefetcher<>(READERS, AHEAD, items.size(), i -> segment(inputs, masks, items.get(i)))) {
            while (made.hasNext()) {
                images.add(made.next());
            }
        }
        return new SegmentedSample(images);
    }

    private static SegmentedImage segment(AuditInputs inputs, ObjectMasks masks, Dataset.Item item) throws IOException {
        RgbImage frame = inputs.images().frame(item);
        return new SegmentedImage(
                item, frame, masks.of(item).orElseGet(() -> Mask.unknown(frame.width(), frame.height())));
    }

    /** Those that can be taken apart. */
    List<SegmentedImage> divisible() {
        return images.stream().filter(SegmentedImage::divisible).toList();
    }
}
