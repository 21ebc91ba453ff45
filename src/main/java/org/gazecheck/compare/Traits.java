package org.gazecheck.compare;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.gazecheck.compare.Measure.Good;
import org.gazecheck.results.Attention;
import org.gazecheck.results.ImageProperties;

/** Numbers that every image has, or lacks (NaN), by themselves. */
final class Traits {
    static final Measure CONFIDENCE =
            Measure.of("confidence", "probability of the predicted class", true, Good.NEITHER);
    static final Measure TOP1 = Measure.of("top1", "top-1 accuracy", true, Good.HIGHER);
    static final Measure OUTLIER = Measure.of(
            "outlier", "distance from the training images, in robust standard deviations", false, Good.LOWER);

    static final List<Trait<Attention>> ATTENTION = List.of(
            new Trait<>(
                    Measure.of(
                            "attention.insideMask.lift",
                            "attention on the object over the object's share of the area",
                            false,
                            Good.HIGHER),
                    Attention::lift,
                    "there are no masks of the objects"),
            new Trait<>(
                    Measure.of("attention.border", "attention near the border", true, Good.LOWER),
                    Attention::border,
                    "there are no heatmaps"),
            new Trait<>(
                    Measure.of("attention.entropy", "spread of the attention", true, Good.NEITHER),
                    Attention::entropy,
                    "there are no heatmaps"));

    static final List<Trait<ImageProperties>> PROPERTIES = List.of(
            property("brightness", "brightness of the photographs", true, ImageProperties::brightness),
            property("contrast", "contrast of the photographs", true, ImageProperties::contrast),
            property("sharpness", "sharpness of the photographs", false, ImageProperties::sharpness),
            property("saturation", "saturation of the photographs", true, ImageProperties::saturation),
            property("aspect", "width by height", false, ImageProperties::aspect),
            property("pixels", "pixels of a photograph", false, ImageProperties::pixels));

    private Traits() {}

    /** @param absent why it may be NaN */
    record Trait<T>(Measure measure, ToDoubleFunction<T> value, String absent) {
        double of(T row) {
            return row == null ? Double.NaN : value.applyAsDouble(row);
        }
    }

    private static Trait<ImageProperties> property(
            String name, String words, boolean percent, ToDoubleFunction<ImageProperties> value) {
        return new Trait<>(Measure.of(name, words, percent, Good.NEITHER), value, "the audit measured no photographs");
    }
}
