package org.gazecheck.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What files' names tell. */
final class Names {
    private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif");

    private Names() {}

    static boolean isImage(Path file) {
        String name = file.getFileName().toString();
        return IMAGES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    /** Relative to the root, with forward slashes. */
    static String relative(Path root, Path file) {
        StringBuilder path = new StringBuilder();
        for (Path part : root.relativize(file)) {
            path.append(path.isEmpty() ? "" : "/").append(part);
        }
        return path.toString();
    }

    /**
     * The mask of an image: under its relative path, with the ending png; or, for {@code image_NNNNN.jpg}, the official
     * segmentation {@code segmim_NNNNN.jpg} in the folder itself.
     */
    static Optional<Path> mask(@Nullable Path masks, String path) {
        if (masks == null) {
            return Optional.empty();
        }
        int dot = path.lastIndexOf('.');
        String stem = dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
        String name = path.substring(path.lastIndexOf('/') + 1);
        return Stream.of(masks.resolve(stem + ".png"), masks.resolve(name.replaceFirst("^image_", "segmim_")))
                .filter(Files::exists)
                .findFirst();
    }
}
