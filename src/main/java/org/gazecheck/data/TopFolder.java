package org.gazecheck.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gazecheck.io.Printable;
import org.gazecheck.results.ClassName;
import org.gazecheck.results.Split;

/**
 * A folder that lies at the top of the images.
 *
 * @param path of the folder in which its classes lie; deeper where an archive was unpacked into a folder of its own name
 * @param inner folders right in it that hold images
 * @param loose whether images lie right in it
 */
record TopFolder(Path top, Path path, List<Path> inner, boolean loose) {

    /** @param skipped folders that are no part of the images */
    static TopFolder of(Path top, Predicate<Path> skipped) throws IOException {
        Path path = top;
        while (true) {
            List<Path> inner = new ArrayList<>();
            for (Path folder : folders(path, skipped)) {
                if (holdsImages(folder, skipped)) {
                    inner.add(folder);
                }
            }
            boolean loose = imagesIn(path);
            if (loose || inner.size() != 1 || !repeats(path, inner.get(0))) {
                return new TopFolder(top, path, inner, loose);
            }
            path = inner.get(0);
        }
    }

    private static boolean repeats(Path folder, Path inner) {
        String name = name(inner);
        return name.equalsIgnoreCase(name(folder)) || SplitNames.of(name).isPresent();
    }

    static List<Path> folders(Path folder, Predicate<Path> skipped) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isDirectory(file) && !skipped.test(file))
                    .sorted()
                    .toList();
        }
    }

    /** Whether an image lies somewhere below. */
    private static boolean holdsImages(Path folder, Predicate<Path> skipped) throws IOException {
        if (imagesIn(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.anyMatch(file -> Names.isImage(file) && counts(folder, file, skipped));
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    private static boolean counts(Path top, Path file, Predicate<Path> skipped) {
        return !Files.isDirectory(file)
                && Stream.iterate(file, above -> !above.equals(top), Path::getParent)
                        .noneMatch(skipped);
    }

    private static boolean imagesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> Names.isImage(file) && !Files.isDirectory(file) && !Litter.is(file));
        }
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }

    String name() {
        return name(top);
    }

    /** For messages. */
    String shown() {
        return "'" + Printable.of(name()) + "'";
    }

    Optional<Split> split() {
        return SplitNames.of(name());
    }

    boolean empty() {
        return inner.isEmpty() && !loose;
    }

    List<String> innerNames() {
        return inner.stream().map(TopFolder::name).toList();
    }

    /** The names of the folders in it, by what is compared. */
    private Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        inner.forEach(folder -> names.put(ClassName.folded(name(folder)), name(folder)));
        return names;
    }

    /** Names of folders that both hold. */
    List<String> shared(TopFolder other) {
        Map<String, String> names = names();
        names.keySet().retainAll(other.names().keySet());
        return List.copyOf(names.values());
    }

    /** Folders in it that are called as splits are. */
    List<String> splitsInside() {
        return innerNames().stream()
                .filter(name -> SplitNames.of(name).isPresent())
                .toList();
    }
}
