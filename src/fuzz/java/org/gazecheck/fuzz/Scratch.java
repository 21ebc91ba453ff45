package org.gazecheck.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the one input under way. */
public final class Scratch {
    private static final Path FOLDER = make();

    private Scratch() {}

    private static Path make() {
        try {
            Path memory = Path.of("/dev/shm");
            return Files.isDirectory(memory)
                    ? Files.createTempDirectory(memory, "fuzz")
                    : Files.createTempDirectory("fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of this content, in the place of the last one of that name. */
    public static Path file(String name, byte[] content) throws IOException {
        return Files.write(FOLDER.resolve(name), content);
    }

    /** An empty folder, in the place of the last one of that name. */
    public static Path folder(String name) throws IOException {
        Path folder = FOLDER.resolve(name);
        if (Files.exists(folder)) {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(folder)) {
                files = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
        return Files.createDirectory(folder);
    }

    /** What lies beside the folders and files that were asked for. */
    public static List<Path> strangers(String... expected) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file ->
                            !List.of(expected).contains(file.getFileName().toString()))
                    .toList();
        }
    }
}
