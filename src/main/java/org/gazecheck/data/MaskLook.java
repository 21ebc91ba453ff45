package org.gazecheck.data;

import java.nio.file.Path;
import org.gazecheck.image.DecodedImage;
import org.gazecheck.image.DecodingNote;
import org.gazecheck.image.InvalidImageException;
import org.gazecheck.image.MaskCounts;
import org.gazecheck.image.MaskPixels;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Printable;
import org.jspecify.annotations.Nullable;

/**
 * What a look at one mask beside its image came to.
 *
 * @param problem what is wrong with it by itself; empty where nothing is
 * @param scaled both sizes, where it is of another one than its image
 * @param upright its name, where its image is stored turned
 * @param counts what it holds; absent where something is wrong
 */
public record MaskLook(String problem, @Nullable String scaled, @Nullable String upright, @Nullable MaskCounts counts) {

    /** @param name relative to the masks' folder */
    static MaskLook of(Path file, String name, byte[] bytes, DecodedImage decoded) {
        RgbImage image = decoded.image();
        boolean turned = decoded.notes().contains(DecodingNote.TURNED);
        MaskPixels pixels;
        try {
            pixels = MaskPixels.read(bytes, file.getFileName().toString());
        } catch (InvalidImageException e) {
            return wrong("its mask " + Printable.of(file.toString()) + ": " + e.getMessage());
        }
        boolean sameSize = pixels.width() == image.width() && pixels.height() == image.height();
        if (!sameSize && !sameAspect(pixels, image)) {
            return wrong("its mask has " + pixels.width() + "x" + pixels.height() + " pixels, the image "
                    + image.width() + "x" + image.height() + (turned ? ", turned upright" : "")
                    + ": a mask has the image's size, or the same sides scaled alike");
        }
        String shown = Printable.of(name);
        return new MaskLook(
                "",
                sameSize
                        ? null
                        : shown + " " + pixels.width() + "x" + pixels.height() + ", its image " + image.width() + "x"
                                + image.height(),
                turned ? shown : null,
                MaskCounts.of(shown, pixels));
    }

    private static MaskLook wrong(String problem) {
        return new MaskLook(problem, null, null, null);
    }

    /** Up to a pixel of rounding. */
    private static boolean sameAspect(MaskPixels mask, RgbImage image) {
        long difference = (long) mask.width() * image.height() - (long) mask.height() * image.width();
        return Math.abs(difference) <= Math.max(image.width(), image.height());
    }
}
