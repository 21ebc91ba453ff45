package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.stream.Stream;
import org.gazecheck.image.FileContent;

/** What files' names tell, and where they do not, their first bytes. */
final class Names {
    private Names() {}

    /** Whether a file may be meant as an image: by its name, or by what it holds, whether that format is read or not. */
    static boolean isImage(Path file) {
        if (FileContent.namesImage(file)) {
            return true;
        }
        try {
            return Files.isRegularFile(file) && FileContent.of(file).isImage();
        } catch (IOException e) {
            return false;
        }
    }

    /** Relative to the root, with forward slashes. */
    static String relative(Path root, Path file) {
        StringBuilder path = new StringBuilder();
        for (Path part : root.relativize(file)) {
            path.append(path.isEmpty() ? "" : "/").append(part);
        }
        return path.toString();
    }

    /** A path as it is, and in both Unicode forms. */
    static Stream<String> forms(String path) {
        return Stream.of(
                        path,
                        Normalizer.normalize(path, Normalizer.Form.NFC),
                        Normalizer.normalize(path, Normalizer.Form.NFD))
                .distinct();
    }
}
