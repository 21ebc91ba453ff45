package org.gazecheck.train;

import java.util.SplittableRandom;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Augmentation;
import org.gazecheck.image.Framing;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/** Renders views of images as a network's input. Safe for several threads. */
final class TrainingViews {
    private final Augmentation augmentation;
    private final Preprocessing preprocessing;
    private final Randomness randomness;
    private final String drawnFrom;

    /** @param drawnFrom everything that a random view depends on besides its image and number */
    TrainingViews(TrainSettings.Views views, Preprocessing preprocessing, Randomness randomness, String drawnFrom) {
        this.augmentation = new Augmentation(views);
        this.preprocessing = preprocessing;
        this.randomness = randomness;
        this.drawnFrom = drawnFrom;
    }

    /** Numbers in a rendered view: [3, crop, crop]. */
    int length() {
        return 3 * preprocessing.crop() * preprocessing.crop();
    }

    /** Side of a rendered view. */
    int size() {
        return preprocessing.crop();
    }

    /** What all views depend on beside their {@link #key}. */
    Preprocessing preprocessing() {
        return preprocessing;
    }

    /** The key that rows computed from this view are kept under: the image, and all that a random view is drawn from. */
    String key(Dataset.Item item, View view) {
        return switch (view.id()) {
            case 0 -> item.sha256();
            case 1 -> item.sha256() + " mirror";
            default ->
                item.sha256() + " random " + view.id() + " "
                        + Hashes.sha256(drawnFrom + item.path()).substring(0, 16);
        };
    }

    /**
     * Renders one of the kept views.
     *
     * @param out receives [3, crop, crop], normalised, from {@code offset} on
     */
    void render(RgbImage original, Dataset.Item item, View view, float[] out, int offset) {
        RgbImage image =
                switch (view.id()) {
                    case 0 -> Framing.frame(original, preprocessing);
                    case 1 -> Augmentation.mirror(Framing.frame(original, preprocessing));
                    default ->
                        draw(
                                original,
                                randomness.of(Purpose.TRAINING_VIEW.stream(), view.id(), item.path(), item.sha256()));
                };
        preprocessing.normalisation().write(image, out, offset);
    }

    /** Renders the random view that an epoch alone sees. */
    void renderFresh(RgbImage original, Dataset.Item item, int epoch, float[] out, int offset) {
        RgbImage image =
                draw(original, randomness.of(Purpose.AUGMENTATION.stream(), epoch, item.path(), item.sha256()));
        preprocessing.normalisation().write(image, out, offset);
    }

    private RgbImage draw(RgbImage original, SplittableRandom random) {
        return augmentation.draw(original, preprocessing.crop(), random);
    }
}
