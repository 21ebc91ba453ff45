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
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import org.gazecheck.io.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The files below a class folder. Links are followed, {@link Litter} is counted and not walked into.
 *
 * @param images paths relative to the root, sorted
 * @param others files whose names are not those of images
 */
record ImageTree(
        List<String> images, List<String> others, Litter litter, List<String> problems, List<String> warnings) {

    private static final Pattern THUMBNAILS = Pattern.compile("(?i)[_ ]*(thumb(nail)?s?|previews?|resized)");

    /** @param masks a folder that is not walked into, if there is one */
    static ImageTree walk(Path root, Path folder, @Nullable Path masks) throws IOException {
        ImageTree tree =
                new ImageTree(new ArrayList<>(), new ArrayList<>(), new Litter(), new ArrayList<>(), new ArrayList<>());
        Files.walkFileTree(
                folder,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                Integer.MAX_VALUE,
                tree.new Visitor(root, folder, masks));
        Collections.sort(tree.images);
        Collections.sort(tree.others);
        return tree;
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Path top;
        private final @Nullable Path masks;

        Visitor(Path root, Path top, @Nullable Path masks) {
            this.root = root;
            this.top = top;
            this.masks = masks;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean litters = !folder.equals(top) && Litter.is(folder);
            if (litters) {
                litter.add(folder);
            }
            if (!litters
                    && !folder.equals(top)
                    && THUMBNAILS.matcher(folder.getFileName().toString()).matches()) {
                warnings.add(
                        "'" + Printable.of(Names.relative(root, folder))
                                + "' is called as a folder of thumbnails, and its images are used: move it away if they are copies");
            }
            return litters || folder.equals(masks) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (Litter.is(file)) {
                litter.add(file);
                return FileVisitResult.CONTINUE;
            }
            String path = Names.relative(root, file);
            if (!Names.isImage(file)) {
                others.add(path);
            } else if (attributes.isRegularFile()) {
                images.add(path);
            } else {
                problems.add(Printable.of(path)
                        + (attributes.isSymbolicLink() ? ": the link leads nowhere" : ": not a regular file"));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            String path = Printable.of(Names.relative(root, file));
            if (e instanceof FileSystemLoopException) {
                warnings.add(path + ": the link leads back to a folder above it and is not followed");
            } else {
                problems.add(path + ": cannot be read (" + e.getClass().getSimpleName() + ")");
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
