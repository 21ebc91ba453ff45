package org.gazecheck.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gazecheck.io.Hashes;
import org.gazecheck.progress.Progress;

/**
 * The images of a report, {@code thumbnails/NAME.jpg}. What they depend on stands beside them in {@code made-of.txt};
 * where it has not changed, the earlier report's are taken again.
 */
final class Thumbnails {
    /** Images between two reports of progress. */
    private static final int PART = 64;

    private final ReportInput input;
    private final Path earlier;
    private final Path folder;
    private final int longest;

    /**
     * @param earlier assets of the report that is replaced; may be absent
     * @param assets of the new one
     */
    Thumbnails(ReportInput input, Path earlier, Path assets) {
        this.input = input;
        this.earlier = earlier.resolve("thumbnails");
        this.folder = assets.resolve("thumbnails");
        this.longest = input.configuration().report().thumbnail();
    }

    void write(List<String> paths, Progress progress) throws IOException {
        Files.createDirectories(folder);
        Optional<String> madeOf =
                input.images().version().map(version -> Hashes.sha256(version + "\nlongest " + longest) + "\n");
        boolean again = madeOf.isPresent() && madeOf.equals(text(earlier.resolve("made-of.txt")));
        try (Progress.Task task = progress.start("thumbnails of the report", paths.size())) {
            for (int from = 0; from < paths.size(); from += PART) {
                List<String> part = paths.subList(from, Math.min(paths.size(), from + PART));
                part.parallelStream().forEach(path -> write(path, again));
                task.advance(part.size());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (madeOf.isPresent()) {
            Files.writeString(folder.resolve("made-of.txt"), madeOf.get());
        }
    }

    private void write(String path, boolean again) {
        try {
            Path file = folder.resolve(GalleryData.fileName(path));
            Path made = earlier.resolve(GalleryData.fileName(path));
            if (again && Files.isRegularFile(made)) {
                Files.copy(made, file);
            } else {
                Files.write(file, Thumbnail.jpeg(input.images().framed(path), longest));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
