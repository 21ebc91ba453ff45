package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.gazecheck.audit.AuditInputs;
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
     * @param purpose what the draw is for, beside the seed
     */
    static CutoutSample draw(AuditInputs inputs, ObjectMasks masks, List<Dataset.Item> items, int most, String purpose)
            throws IOException {
        List<Dataset.Item> drawn = drawn(inputs, items, most, purpose);
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

    /** Classes in turn, each in an order of its own, until there are enough; then in the order of the data set. */
    private static List<Dataset.Item> drawn(AuditInputs inputs, List<Dataset.Item> items, int most, String purpose) {
        TreeMap<Integer, List<Dataset.Item>> byClass = new TreeMap<>();
        for (Dataset.Item item : items) {
            byClass.computeIfAbsent(item.label(), label -> new ArrayList<>()).add(item);
        }
        byClass.values().forEach(list -> shuffle(inputs, list, purpose));
        List<Dataset.Item> drawn = new ArrayList<>();
        for (int turn = 0; drawn.size() < Math.min(most, items.size()); turn++) {
            for (List<Dataset.Item> list : byClass.values()) {
                if (turn < list.size() && drawn.size() < most) {
                    drawn.add(list.get(turn));
                }
            }
        }
        return items.stream().filter(new HashSet<>(drawn)::contains).toList();
    }

    private static void shuffle(AuditInputs inputs, List<Dataset.Item> list, String purpose) {
        Map<Dataset.Item, Long> order = new HashMap<>();
        for (Dataset.Item item : list) {
            SplittableRandom random = inputs.randomness().of(purpose, 0, item.path(), item.sha256());
            order.put(item, random.nextLong());
        }
        list.sort(Comparator.comparing(order::get));
    }
}
