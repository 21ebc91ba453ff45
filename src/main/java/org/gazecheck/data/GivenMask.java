package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Path;
import org.gazecheck.image.Mask;
import org.gazecheck.image.MaskMeaning;
import org.gazecheck.image.MaskPixels;

/** The mask that was given for an image. */
public record GivenMask(Path file, MaskMeaning meaning) {
    /** @throws IOException when the file cannot be read or decoded */
    public Mask read() throws IOException {
        return MaskPixels.read(file).mask(meaning);
    }
}
