package org.gazecheck.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Hashes;
import org.gazecheck.progress.Progress;

/**
 * The images of a report, {@code thumbnails/NAME.jpg}, and each small, {@code thumbnails/small/NAME.jpg}. What they depend on stands beside them in {@code made-of.txt};
 * where it has not changed, those of an earlier report are taken again, and the images are not opened.
 */
final class Thumbnails {
    /** Images between two reports of progress. */
    private static final int PART = 64;

    private static final int NAMED = 5;
    private static final String SMALL = "small";

    private final ReportInput input;
    private final Path earlier;
    private final int longest;
    private final Optional<String> madeOf;
    private final boolean again;

    /** @param assets of a report written earlier, of the same run; may be absent */
    Thumbnails(ReportInput input, Path assets) throws IOException {
        this.input = input;
        this.earlier = assets.resolve("thumbnails");
        this.longest = input.configuration().report().thumbnail();
        madeOf = input.images().version().map(version -> Hashes.sha256(version + "\nlongest " + longest) + "\n");
        again = madeOf.isPresent() && madeOf.equals(text(earlier.resolve("made-of.txt")));
    }

    private interface Place {
        void take(int position, byte[] jpeg) throws IOException;
    }

    /** Writes them into the assets of a new report. */
    void write(List<String> paths, Path assets, Progress progress) throws IOException {
        Path folder = assets.resolve("thumbnails");
        Path small = Files.createDirectories(folder.resolve(SMALL));
        each(paths, progress, (position, jpeg) -> {
            String name = GalleryData.fileName(paths.get(position));
            Files.write(folder.resolve(name), jpeg);
            Optional<byte[]> made = whole(earlier.resolve(SMALL).resolve(name));
            Files.write(small.resolve(name), made.isPresent() ? made.get() : Thumbnail.small(jpeg));
        });
        if (madeOf.isPresent()) {
            Files.writeString(folder.resolve("made-of.txt"), madeOf.get());
        }
    }

    /** All of them, in the order of the paths. */
    List<byte[]> all(List<String> paths, Progress progress) throws IOException {
        byte[][] jpegs = new byte[paths.size()][];
        each(paths, progress, (position, jpeg) -> jpegs[position] = jpeg);
        return List.of(jpegs);
    }

    private void each(List<String> paths, Progress progress, Place place) throws IOException {
        AtomicInteger taken = new AtomicInteger();
        Map<String, IOException> missing = new ConcurrentSkipListMap<>();
        try (Progress.Task task = progress.start("thumbnails of the report", paths.size())) {
            for (int from = 0; from < paths.size(); from += PART) {
                int to = Math.min(paths.size(), from + PART);
                IntStream.range(from, to).parallel().forEach(position -> {
                    try {
                        Optional<byte[]> made = made(paths.get(position));
                        Optional<byte[]> jpeg = made.isPresent() ? made : ofImage(paths.get(position), missing);
                        if (jpeg.isPresent()) {
                            place.take(position, jpeg.get());
                        }
                        taken.addAndGet(made.isPresent() ? 1 : 0);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                task.advance(to - from);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (!missing.isEmpty()) {
            throw unavailable(missing);
        }
        if (taken.get() > 0) {
            progress.message("thumbnails: " + taken + " taken from " + earlier + ", " + (paths.size() - taken.get())
                    + " made of the images");
        }
    }

    /** What the earlier report has, if it is whole. */
    private Optional<byte[]> made(String path) throws IOException {
        return whole(earlier.resolve(GalleryData.fileName(path)));
    }

    private Optional<byte[]> whole(Path file) throws IOException {
        if (!again || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        byte[] jpeg = Files.readAllBytes(file);
        return Optional.of(jpeg).filter(Thumbnail::isWhole);
    }

    private Optional<byte[]> ofImage(String path, Map<String, IOException> missing) {
        try {
            return Optional.of(Thumbnail.jpeg(input.images().framed(path), longest));
        } catch (IOException e) {
            missing.put(path, e);
            return Optional.empty();
        }
    }

    private GazecheckException unavailable(Map<String, IOException> missing) {
        String which = missing.entrySet().stream()
                .limit(NAMED)
                .map(each -> each.getKey() + " (" + reason(each.getValue()) + ")")
                .collect(Collectors.joining(", "));
        int more = missing.size() - NAMED;
        boolean gone = missing.values().stream().allMatch(NoSuchFileException.class::isInstance);
        return new GazecheckException(
                gone ? FailureKind.OTHER : FailureKind.INVALID_DATA,
                missing.size() + (missing.size() == 1 ? " image" : " images") + " of the report cannot be used, and "
                        + earlier + " has no thumbnail of this run's framing and size for "
                        + (missing.size() == 1 ? "it: " : "them: ") + which + (more > 0 ? " and " + more + " more" : "")
                        + ": bring back under " + input.configuration().data().dir()
                        + " what the run was made of, or do the run again (gazecheck run)",
                missing.values().iterator().next());
    }

    private static String reason(IOException failure) {
        return failure instanceof NoSuchFileException ? "not there" : String.valueOf(failure.getMessage());
    }

    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
