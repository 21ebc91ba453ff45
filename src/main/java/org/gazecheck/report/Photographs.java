package org.gazecheck.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.io.Hashes;
import org.gazecheck.progress.Progress;

/**
 * The photographs of a report, {@code photographs/NAME.jpg}. What they depend on stands beside them in {@code made-of.txt};
 * where it has not changed, the earlier report's are taken again.
 */
final class Photographs {
    /** Of how many the progress is told at a time. */
    private static final int PART = 64;

    private final ReportInput input;
    private final Path earlier;
    private final Path folder;
    private final int longest;

    /**
     * @param earlier assets of the report that is replaced; may be absent
     * @param assets of the new one
     */
    Photographs(ReportInput input, Path earlier, Path assets) {
        this.input = input;
        this.earlier = earlier.resolve("photographs");
        this.folder = assets.resolve("photographs");
        this.longest = input.configuration().report().photograph();
    }

    void write(List<String> paths, Progress progress) throws IOException {
        Files.createDirectories(folder);
        String madeOf = Hashes.sha256(input.photographs().version() + "\nlongest " + longest) + "\n";
        boolean again = !input.photographs().version().isEmpty() && madeOf.equals(text(earlier.resolve("made-of.txt")));
        try (Progress.Task task = progress.start("photographs of the report", paths.size())) {
            for (int from = 0; from < paths.size(); from += PART) {
                List<String> part = paths.subList(from, Math.min(paths.size(), from + PART));
                part.parallelStream().forEach(path -> write(path, again));
                task.advance(part.size());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.writeString(folder.resolve("made-of.txt"), madeOf);
    }

    private void write(String path, boolean again) {
        try {
            Path file = folder.resolve(GalleryData.photograph(path));
            Path made = earlier.resolve(GalleryData.photograph(path));
            if (again && Files.isRegularFile(made)) {
                Files.copy(made, file);
            } else {
                Files.write(file, Thumbnail.jpeg(input.photographs().framed(path), longest));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
