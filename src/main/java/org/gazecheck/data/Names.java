package org.gazecheck.data;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What files' names tell. */
final class Names {
    private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif");

    private Names() {}

    static boolean isImage(Path file) {
        String name = file.getFileName().toString();
        return IMAGES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
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
