package org.gazecheck.audit.input;

import java.io.IOException;
import java.util.Optional;
import org.gazecheck.image.Mask;
import org.gazecheck.rows.RowImage;

/**
 * Where the object of an image is, for rows that build on that: as its given mask says, else as the row of its estimate that
 * comes with it says, else unknown.
 *
 * @param given how masks are read, where the data have some
 * @param estimated how estimates are kept
 */
public record MaskRows(Optional<GivenMaskRow> given, EstimatedMaskRow estimated) {
    /** For contexts of rows that build on masks. */
    public String context() {
        return "estimated masks: " + oneLine(estimated.context()) + "\ngiven masks: "
                + given.map(kind -> oneLine(kind.context())).orElse("none");
    }

    private static String oneLine(String context) {
        return context.replace("\n", ", ");
    }

    /** For keys of rows that build on masks: what {@link #of} says depends on nothing else. */
    public String key(RowImage image) {
        if (image.mask().isPresent()) {
            return image.sha256() + " mask " + given.orElseThrow().key(image);
        }
        return image.sha256() + (image.has(estimated) ? " estimated" : " without mask");
    }

    /** Framed as the network sees the image, [size, size]; empty where it is not known. */
    public Optional<Mask> of(RowImage image) throws IOException {
        if (image.mask().isPresent()) {
            return Optional.of(given.orElseThrow().framed(image.mask().get()));
        }
        return image.has(estimated) ? estimated.mask(image.row(estimated)) : Optional.empty();
    }
}
