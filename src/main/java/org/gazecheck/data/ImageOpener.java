package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gazecheck.image.InvalidImageException;

/** Gives the bytes of a data set's images, wherever they lie. */
@FunctionalInterface
public interface ImageOpener {
    /**
     * @param path of the image as the data set has it, with forward slashes
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    byte[] open(String path) throws IOException;

    /** Files under a folder. */
    static ImageOpener folder(Path root) {
        return path -> {
            Path file = root.resolve(path);
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new InvalidImageException("not a regular file");
            }
            return Files.readAllBytes(file);
        };
    }
}
