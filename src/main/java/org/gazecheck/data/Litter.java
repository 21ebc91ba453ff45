package org.gazecheck.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gazecheck.io.Printable;
import org.jspecify.annotations.Nullable;

/**
 * What operating systems, network storage, sync and version control leave among images: thumbnails, recycle bins,
 * snapshots. It is no part of the data; what is met is counted.
 */
final class Litter {
    private static final Set<String> FOLDERS = Set.of(
            "@eadir",
            "@tmp",
            "@recycle",
            "@recently-snapshot",
            "@sharesnap",
            "@snapshot",
            "@sharebin",
            "@__thumb",
            "#recycle",
            "#snapshot",
            "#trash",
            "~snapshot",
            "$recycle.bin",
            "system volume information",
            "lost+found",
            "__macosx",
            "network trash folder",
            "temporary items",
            "__pycache__",
            "_gsdata_");

    /** In capitals only: waste is a subject of classifiers, too. */
    private static final Set<String> OLD_RECYCLE_BINS = Set.of("RECYCLER", "RECYCLED");

    private static final Pattern FOLDER =
            Pattern.compile("found\\.\\d{3}|.*\\.lrdata|@syno.*|@app(store|data|conf|temp)");
    private static final Set<String> FILES = Set.of(
            "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r", "picasa.ini", "zbthumbnail.info");
    private static final Pattern FILE = Pattern.compile("synophoto_.*|~\\$.*");
    private static final int SHOWN = 5;

    private final TreeMap<String, Integer> names = new TreeMap<>();
    private int images;

    /** Whether a file or folder is litter by its name; everything hidden is. */
    static boolean is(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.startsWith(".")) {
            return true;
        }
        return Files.isDirectory(file)
                ? FOLDERS.contains(name)
                        || FOLDER.matcher(name).matches()
                        || OLD_RECYCLE_BINS.contains(file.getFileName().toString())
                : FILES.contains(name) || FILE.matcher(name).matches();
    }

    /** Counts it, and if it is a folder the images in it; links are not followed. */
    void add(Path file) {
        names.merge(shown(file.getFileName().toString()), 1, Integer::sum);
        try {
            Files.walkFileTree(file, new Counter());
        } catch (IOException e) {
            throw new UncheckedIOException("a visitor that throws nothing threw", e);
        }
    }

    /** Counts what can be listed. */
    private final class Counter extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            images += Names.isImage(file) ? 1 : 0;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }

    /** Together with other litter. */
    void addAll(Litter other) {
        other.names.forEach((name, n) -> names.merge(name, n, Integer::sum));
        images += other.images;
    }

    boolean holdsImages() {
        return images > 0;
    }

    /** A sentence, if there is any. */
    Optional<String> told() {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String shown = names.entrySet().stream()
                .limit(SHOWN)
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
        return Optional.of("hidden files and what systems and network storage keep among images are ignored, " + images
                + " images with them: " + shown + (names.size() > SHOWN ? ", ..." : ""));
    }

    /** Files of one kind under one name. */
    private static String shown(String name) {
        return name.startsWith("._") ? "._*" : Printable.of(name);
    }
}
