package org.gazecheck.image;

import java.util.Optional;
import java.util.Set;

/**
 * Pixels as a file stores them, and what it says about them.
 *
 * @param grey whether the three channels are one
 * @param profile ICC profile of the stored values; absent where none is stated, or it was applied already
 * @param orientation 1..8 as EXIF has it
 */
record StoredImage(RgbImage image, boolean grey, Optional<byte[]> profile, int orientation, Set<DecodingNote> notes) {
    static final int UPRIGHT = 1;

    StoredImage {
        notes = Set.copyOf(notes);
    }
}
