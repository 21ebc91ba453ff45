package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.image.DecodedImage;
import org.gazecheck.image.InvalidImageException;
import org.gazecheck.io.Hashes;
import org.jspecify.annotations.Nullable;

/** Opens and decodes single images of a listing, and their masks. Remembers none; safe for several threads. */
public final class ImageChecker {
    static final String MISSING = "missing";

    private final ImageLoader images;
    private final MaskOpener masks;
    private final Optional<Path> maskFolder;

    /** Gives the bytes of a mask. */
    @FunctionalInterface
    public interface MaskOpener {
        byte[] open(Path file) throws IOException;
    }

    /** @param maskFolder what masks' names are relative to */
    public ImageChecker(ImageLoader images, MaskOpener masks, Optional<Path> maskFolder) {
        this.images = images;
        this.masks = masks;
        this.maskFolder = maskFolder;
    }

    /** What a look at an image comes to; never fails because of the image. */
    public ImageCheck check(Listing.Entry entry) {
        Optional<String> known = entry.problem();
        if (known.isPresent()) {
            return ImageCheck.unusable("", known.get());
        }
        String sha256 = "";
        @Nullable DecodedImage decoded = null;
        @Nullable MaskLook mask = null;
        @Nullable String refused = null;
        String problem;
        try {
            byte[] bytes = images.open(entry.path());
            sha256 = Hashes.sha256(bytes);
            decoded = images.read(bytes, entry.path());
            if (entry.mask().isPresent()) {
                Path file = entry.mask().get();
                mask = MaskLook.of(file, MaskCheck.name(maskFolder, file), masks.open(file), decoded);
            }
            problem = mask == null ? "" : mask.problem();
        } catch (NoSuchFileException e) {
            problem = MISSING;
        } catch (InvalidImageException e) {
            problem = e.getMessage();
            refused = e.format().orElse(null);
        } catch (IOException e) {
            problem = "cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")";
        }
        return new ImageCheck(
                sha256,
                decoded == null ? 0 : decoded.image().width(),
                decoded == null ? 0 : decoded.image().height(),
                problem,
                decoded == null ? null : decoded.format().text(),
                decoded == null ? Set.of() : decoded.notes(),
                refused,
                mask);
    }
}
