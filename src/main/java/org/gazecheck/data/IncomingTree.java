package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.gazecheck.io.Printable;
import org.jspecify.annotations.Nullable;

/**
 * Everything below a folder into which others put files: nothing of it ends the walk, and nothing outside is looked at unless
 * links are followed. {@link Litter} is counted and not walked into.
 *
 * @param images paths relative to the folder, sorted
 * @param others files whose names are not those of images, sorted
 * @param underWay files that are still being copied, by their names
 * @param problems what cannot be looked at, in words, sorted
 */
record IncomingTree(
        List<String> images, List<String> others, List<String> underWay, Litter litter, List<String> problems) {
    private static final List<String> UNDER_WAY = List.of(".part", ".partial", ".crdownload", ".filepart", ".tmp");

    /** @param followLinks whether to follow links, wherever they lead; the folder itself may be one */
    static IncomingTree walk(Path folder, boolean followLinks) throws IOException {
        IncomingTree tree = new IncomingTree(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new Litter(), new ArrayList<>());
        Path top = folder.toRealPath();
        Files.walkFileTree(
                top,
                followLinks ? Set.of(FileVisitOption.FOLLOW_LINKS) : Set.of(),
                Integer.MAX_VALUE,
                tree.new Visitor(top));
        Collections.sort(tree.images);
        Collections.sort(tree.others);
        Collections.sort(tree.problems);
        return tree;
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path top;

        Visitor(Path top) {
            this.top = top;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!folder.equals(top) && Litter.is(folder)) {
                litter.add(folder);
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (Litter.is(file)) {
                litter.add(file);
                return FileVisitResult.CONTINUE;
            }
            String path = Names.relative(top, file);
            String name = path.toLowerCase(Locale.ROOT);
            if (attributes.isSymbolicLink()) {
                problems.add(Printable.of(path)
                        + (Files.exists(file)
                                ? ": a link, and links are not followed (nightly.followLinks): put the file itself here"
                                : ": the link leads nowhere"));
            } else if (!attributes.isRegularFile()) {
                problems.add(Printable.of(path) + ": not a regular file");
            } else if (UNDER_WAY.stream().anyMatch(name::endsWith)) {
                underWay.add(path);
            } else if (Names.isImage(file)) {
                images.add(path);
            } else {
                others.add(path);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(top)) {
                throw e;
            }
            failed(file, e);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            if (e != null) {
                failed(folder, e);
            }
            return FileVisitResult.CONTINUE;
        }

        private void failed(Path file, IOException e) {
            String path = Printable.of(Names.relative(top, file));
            problems.add(path
                    + (e instanceof FileSystemLoopException
                            ? ": the link leads back to a folder above it and is not followed"
                            : ": cannot be read (" + e.getClass().getSimpleName() + "): change its permissions"));
        }
    }
}
