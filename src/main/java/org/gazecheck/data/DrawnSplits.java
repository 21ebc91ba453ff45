package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * Splits drawn by the hash of seed and image: an image stays in its split whatever is added, renamed or removed, and the
 * same bytes are never in two splits; the price is that the shares hold on average only. Where train gets a share, a class
 * from which nothing falls to it gives it the image whose draw is the nearest.
 *
 * @param valShare of the images, 0..1
 * @param testShare of the images, 0..1
 */
record DrawnSplits(Randomness randomness, double valShare, double testShare) {
    private static final double ALL = 1 - 1e-9;

    /** An image, and where its draw lies, 0..1; 1 where it cannot be read. */
    private record Draw(Listing.Entry entry, double u) {}

    /** The images in their order, each in the split that is drawn; what cannot be read stays in train. */
    List<Listing.Entry> of(Path root, List<Listing.Entry> images) {
        List<Draw> draws =
                images.parallelStream().map(image -> draw(root, image)).toList();
        Map<String, Double> first = new HashMap<>();
        draws.stream().filter(draw -> draw.u < 1).forEach(draw -> first.merge(draw.entry.label(), draw.u, Math::max));
        double train = testShare + valShare;
        return draws.stream()
                .map(draw -> {
                    double kept = train < ALL ? Math.min(train, first.getOrDefault(draw.entry.label(), train)) : 1;
                    return draw.entry.in(draw.u >= kept ? Split.TRAIN : draw.u < testShare ? Split.TEST : Split.VAL);
                })
                .toList();
    }

    private Draw draw(Path root, Listing.Entry image) {
        if (image.problem().isPresent()) {
            return new Draw(image, 1);
        }
        try {
            String sha256 = Hashes.sha256(root.resolve(image.path()));
            return new Draw(
                    image, randomness.of(Purpose.SPLIT.stream(), 0, "", sha256).nextDouble());
        } catch (IOException e) {
            return new Draw(image.unusable("unreadable: " + e), 1);
        }
    }

    /** That val is drawn from train, because there is none. */
    static Assumption valOfTrain(List<Listing.Entry> drawn, double valShare) {
        int val =
                (int) drawn.stream().filter(entry -> entry.split() == Split.VAL).count();
        int train = (int)
                drawn.stream().filter(entry -> entry.split() == Split.TRAIN).count();
        return new Assumption(
                "prepare",
                "data.val",
                "there is no val: " + val + " of the " + (train + val)
                        + " images of train are drawn for it (data.valShare " + valShare + ")",
                Map.of("val", val, "train", train));
    }
}
