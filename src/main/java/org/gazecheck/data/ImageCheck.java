package org.gazecheck.data;

import java.util.Set;
import org.gazecheck.image.DecodingNote;
import org.gazecheck.results.DatasetRow;
import org.jspecify.annotations.Nullable;

/**
 * What a look at one image, and at its mask, came to. A data set is judged by those of all its images.
 *
 * @param sha256 of the file's bytes, lower-case hexadecimal; empty when they could not be read
 * @param width in pixels after EXIF orientation; 0 when unknown
 * @param height in pixels after EXIF orientation; 0 when unknown
 * @param problem why the image cannot be used; empty when it can
 * @param format of an image that was decoded
 * @param notes how it was read where that could be meant otherwise
 * @param refused of an image whose format is not read, that format
 * @param mask what its mask holds, where it has one that was looked at
 */
public record ImageCheck(
        String sha256,
        int width,
        int height,
        String problem,
        @Nullable String format,
        Set<DecodingNote> notes,
        @Nullable String refused,
        @Nullable MaskLook mask) {
    public ImageCheck {
        notes = Set.copyOf(notes);
    }

    /** Of an image that was not decoded. */
    static ImageCheck unusable(String sha256, String problem) {
        return new ImageCheck(sha256, 0, 0, problem, null, Set.of(), null, null);
    }

    DatasetRow row(Listing.Entry entry) {
        return new DatasetRow(entry.path(), entry.split(), entry.label(), width, height, sha256, problem);
    }
}
