package org.gazecheck.image;

import java.util.Arrays;

/**
 * From a decoded image to a network's input: the short side is resized to {@code shortSide} (bilinear, antialiased,
 * as torchvision's {@code Resize} does it with PIL), the centre {@code crop} by {@code crop} pixels are cut out, and
 * each channel becomes {@code (value / 255 - mean) / std}.
 */
public record Preprocessing(int shortSide, int crop, Normalisation normalisation) {
    /** "At s px": short side to s, centre crop s. */
    public static Preprocessing at(int size, Normalisation normalisation) {
        return new Preprocessing(size, size, normalisation);
    }

    /** As torchvision's published classifiers are used: short side to 256, centre crop 224. */
    public static Preprocessing torchvision(Normalisation normalisation) {
        return new Preprocessing(256, 224, normalisation);
    }

    /** As it stands in identities and in the contexts of kept rows. */
    public String identity() {
        return "decoding " + ImageDecoder.VERSION + ", short side " + shortSide + ", crop " + crop + ", mean "
                + Arrays.toString(normalisation.mean()) + ", std " + Arrays.toString(normalisation.std());
    }
}
