package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Alteration;
import org.gazecheck.image.RgbImage;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Reason;

/**
 * Something that a whole image has more or less of, in the direction in which it can be put on.
 *
 * @param detail what it is, as a sentence says it after "because of"
 * @param value of an image as it is, larger with more of it; NaN where it cannot be told
 * @param measure the same of an altered image
 * @param steps alterations that put it on, the weakest first
 * @param inverse alterations that take off what the step of the same place puts on; none where that is impossible
 * @param sparesObjects whether it is put on and taken off around the object only, where that is known: the object's own colours may be what
 *     a class is rightly known by
 * @param common whether species mostly differ in it by nature, so that anything else is tried first
 * @param controls ladders of alterations of other kinds, each with the weakest first
 */
record Property(
        Reason reason,
        String detail,
        ToDoubleFunction<ImageProperties> value,
        Measure measure,
        List<Step> steps,
        List<Step> inverse,
        boolean sparesObjects,
        boolean common,
        List<List<Step>> controls) {
    Property {
        steps = List.copyOf(steps);
        inverse = List.copyOf(inverse);
        controls = List.copyOf(controls);
    }

    /** What is done to an image; noise is another one in each. */
    interface Step {
        Alteration on(Dataset.Item item);
    }

    /** Measures an altered image. */
    interface Measure {
        /**
         * @param original altered, at the size of its file
         * @param frame as the network sees that
         */
        double of(RgbImage original, RgbImage frame, SegmentedImage image) throws IOException;
    }

    /** An image altered by a step. */
    Composite altered(SegmentedImage image, Step step, Originals originals) {
        return spared(image, new Originals.Altered(image, step.on(image.item()), originals));
    }

    /** The same, of the frame alone. */
    Composite alteredFrame(SegmentedImage image, Step step) {
        return altered(image, new Composite.Framed(image), step);
    }

    /** The same, of what was made of an image. */
    Composite altered(SegmentedImage image, Composite composite, Step step) {
        return spared(image, new AlteredFrame(composite, step.on(image.item())));
    }

    private Composite spared(SegmentedImage image, Composite altered) {
        return sparesObjects && image.divisible() ? new Composite.ObjectKept(image, altered) : altered;
    }

    boolean removable() {
        return !inverse.isEmpty();
    }
}
