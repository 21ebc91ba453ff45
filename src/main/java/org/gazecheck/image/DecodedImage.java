package org.gazecheck.image;

import java.util.Set;

/**
 * A decoded file.
 *
 * @param image upright, 8-bit sRGB
 * @param notes how it was read where that could be meant otherwise
 */
public record DecodedImage(RgbImage image, ImageFormat format, Set<DecodingNote> notes) {
    public DecodedImage {
        notes = Set.copyOf(notes);
    }
}
