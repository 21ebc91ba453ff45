package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gazecheck.image.Mask;
import org.gazecheck.image.MaskMeaning;
import org.gazecheck.image.MaskPixels;
import org.gazecheck.rows.RowImage.MaskBytes;

/** The mask that was given for an image. */
public record GivenMask(Path file, MaskMeaning meaning) {
    /** @throws IOException when the file cannot be read or decoded */
    public Mask read() throws IOException {
        return MaskPixels.read(file).mask(meaning);
    }

    /** As its file has it. */
    public MaskBytes bytes() throws IOException {
        return MaskBytes.of(file.getFileName().toString(), Files.readAllBytes(file));
    }
}
