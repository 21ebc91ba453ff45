package org.gazecheck.compare;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.gazecheck.compare.Measure.Good;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Localisation;
import org.gazecheck.stats.Purpose.Subject;

/** Numbers that every image has, or lacks (NaN), by themselves. */
final class Traits {
    static final Measure CONFIDENCE =
            Measure.of("confidence", "probability of the predicted class", true, Good.NEITHER);
    static final Measure TOP1 = Measure.of("top1", "top-1 accuracy", true, Good.HIGHER);
    static final Measure OUTLIER = Measure.of(
            "outlier", "distance from the training images, in robust standard deviations", false, Good.LOWER);

    static final List<Trait<Localisation>> LOCALISATION = List.of(
            new Trait<>(
                    Measure.of(
                            "attention.insideMask.lift",
                            "attention on the object over the object's share of the area",
                            false,
                            Good.HIGHER),
                    Subject.COMPARED_MASS_LIFT,
                    Localisation::massLift,
                    "there are no masks of the objects"),
            new Trait<>(
                    Measure.of("attention.border", "attention near the border", true, Good.LOWER),
                    Subject.COMPARED_BORDER_MASS,
                    Localisation::borderMass,
                    "there are no heatmaps"),
            new Trait<>(
                    Measure.of("attention.entropy", "spread of the attention", true, Good.NEITHER),
                    Subject.COMPARED_ENTROPY,
                    Localisation::entropy,
                    "there are no heatmaps"));

    static final List<Trait<ImageProperties>> PROPERTIES = List.of(
            property("brightness", Subject.BRIGHTNESS, "brightness of the images", true, ImageProperties::brightness),
            property("contrast", Subject.CONTRAST, "contrast of the images", true, ImageProperties::contrast),
            property("sharpness", Subject.SHARPNESS, "sharpness of the images", false, ImageProperties::sharpness),
            property("saturation", Subject.SATURATION, "saturation of the images", true, ImageProperties::saturation),
            property("aspect", Subject.ASPECT, "width by height", false, ImageProperties::aspect),
            property("pixels", Subject.PIXELS, "pixels of an image", false, ImageProperties::pixels));

    private Traits() {}

    /**
     * @param subject of its random numbers
     * @param absent why it may be NaN
     */
    record Trait<T>(Measure measure, Subject subject, ToDoubleFunction<T> value, String absent) {
        double of(T row) {
            return row == null ? Double.NaN : value.applyAsDouble(row);
        }
    }

    private static Trait<ImageProperties> property(
            String name, Subject subject, String words, boolean percent, ToDoubleFunction<ImageProperties> value) {
        return new Trait<>(
                Measure.of(name, words, percent, Good.NEITHER), subject, value, "the audit measured no images");
    }
}
