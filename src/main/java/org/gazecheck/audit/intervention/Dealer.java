package org.gazecheck.audit.intervention;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.gazecheck.stats.RandomStream;
import org.gazecheck.stats.Randomness;

/**
 * Deals images out evenly: all in turn, in an order that depends on the images and not on where they stand in a list.
 */
final class Dealer {
    private final List<SegmentedImage> images;
    private int next;

    /** @param images one at least */
    Dealer(List<SegmentedImage> images, Randomness randomness, RandomStream stream) {
        this.images = shuffled(images, randomness, stream);
    }

    /** By a random number of each image. */
    static List<SegmentedImage> shuffled(List<SegmentedImage> images, Randomness randomness, RandomStream stream) {
        return images.stream()
                .sorted(Comparator.comparingLong((SegmentedImage image) ->
                                random(image, randomness, stream).nextLong())
                        .thenComparing(image -> image.item().path()))
                .toList();
    }

    private static SplittableRandom random(SegmentedImage image, Randomness randomness, RandomStream stream) {
        return randomness.of(stream, 0, image.item().path(), image.item().sha256());
    }

    /** The next one that is no copy of another image, unless there is none but copies. */
    SegmentedImage another(SegmentedImage than) {
        SegmentedImage dealt = next();
        if (dealt.item().sha256().equals(than.item().sha256()) && images.size() > 1) {
            dealt = next();
        }
        return dealt;
    }

    private SegmentedImage next() {
        SegmentedImage dealt = images.get(next);
        next = (next + 1) % images.size();
        return dealt;
    }
}
