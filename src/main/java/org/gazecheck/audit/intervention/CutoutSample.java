package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.audit.AuditInputs;
import org.gazecheck.audit.ImageSample;
import org.gazecheck.audit.ObjectMasks;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.image.Framing;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;

/**
 * Photographs drawn evenly from the classes and taken apart.
 *
 * @param leftOut drawn ones that could not be
 */
record CutoutSample(List<Cutout> cutouts, int leftOut) {
    private static final int READERS = 2;
    private static final int AHEAD = 16;

    /**
     * @param most how many photographs at most
     */
    static CutoutSample draw(AuditInputs inputs, ObjectMasks masks, List<Dataset.Item> items, int most)
            throws IOException {
        List<Dataset.Item> drawn = ImageSample.draw(inputs.randomness(), items, most);
        masks.prepare(drawn);
        return read(inputs, masks, drawn);
    }

    private static CutoutSample read(AuditInputs inputs, ObjectMasks masks, List<Dataset.Item> items)
            throws IOException {
        ImageDecoder decoder = new ImageDecoder(inputs.configuration().data().maxPixels());
        List<Cutout> cutouts = new ArrayList<>();
        int leftOut = 0;
        try (Prefetcher<Optional<Cutout>> made =
                new Prefetcher<>(READERS, AHEAD, items.size(), i -> cutout(inputs, masks, decoder, items.get(i)))) {
            while (made.hasNext()) {
                Optional<Cutout> cutout = made.next();
                cutout.ifPresent(cutouts::add);
                leftOut += cutout.isEmpty() ? 1 : 0;
            }
        }
        return new CutoutSample(cutouts, leftOut);
    }

    private static Optional<Cutout> cutout(
            AuditInputs inputs, ObjectMasks masks, ImageDecoder decoder, Dataset.Item item) throws IOException {
        Optional<Mask> mask = masks.of(item);
        if (mask.isEmpty()) {
            return Optional.empty();
        }
        RgbImage image = decoder.decode(inputs.dataset().file(item));
        return Optional.of(new Cutout(item, Framing.frame(image, inputs.preprocessing()), mask.get()))
                .filter(Cutout::divisible);
    }
}
