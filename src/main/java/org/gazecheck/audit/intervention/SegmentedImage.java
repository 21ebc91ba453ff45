package org.gazecheck.audit.intervention;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;

/**
 * An image as the network sees it, with its foreground: the mask of the object.
 *
 * @param frame [size, size, 3]
 * @param mask [size, size]; all of it unknown where there is none
 */
record SegmentedImage(Dataset.Item item, RgbImage frame, Mask mask) {
    private static final double LEAST = 0.01;
    private static final double MOST = 0.9;

    /** Whether there is enough of both, object and background, to take them apart: 1 % to 90 % of the image. */
    boolean divisible() {
        double share = mask.area();
        return share >= LEAST && share <= MOST;
    }

    int label() {
        return item.label();
    }

    /**
     * Showing something else, with the same mask.
     *
     * @param key what the frame's pixels depend on
     */
    SegmentedImage as(String key, RgbImage frame) {
        return new SegmentedImage(
                new Dataset.Item(
                        item.path(),
                        item.split(),
                        item.label(),
                        Hashes.sha256(key.getBytes(StandardCharsets.UTF_8)),
                        item.mask()),
                frame,
                mask);
    }

    /** What its pixels and its mask depend on, under one preprocessing. */
    String key() {
        byte[] bits = new byte[mask.foreground().length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (byte) (mask.foreground()[i] ? 1 : mask.unknown()[i] ? 2 : 0);
        }
        return item.sha256() + "/" + Hashes.sha256(bits).substring(0, 16);
    }

    /** All of some lists, each content once: the first that has it. */
    @SafeVarargs
    static List<SegmentedImage> distinct(List<SegmentedImage>... lists) {
        Map<String, SegmentedImage> byContent = new LinkedHashMap<>();
        for (List<SegmentedImage> images : lists) {
            images.forEach(image -> byContent.putIfAbsent(image.item().sha256(), image));
        }
        return List.copyOf(byContent.values());
    }
}
