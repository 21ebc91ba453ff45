package org.gazecheck.image;

import java.io.IOException;
import java.nio.file.Path;

/** Mask files whose meaning is known. */
final class Masks {
    private Masks() {}

    /** A file in which white is the object. */
    static Mask white(Path file) throws IOException {
        return MaskPixels.read(file).mask(MaskMeaning.of(MaskMeaning.Rule.UPPER_HALF));
    }
}
