package org.gazecheck.io;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/**
 * That what is written belongs to the folder it lies in. A folder that others made can hold links to any file of whoever
 * opens it; nothing is written through them.
 */
public final class OwnFile {
    private OwnFile() {}

    /**
     * For a file that is written in place: it is absent, or an ordinary file of one name.
     *
     * @throws GazecheckException if it is a symbolic link, a pipe or device, or has another (hard) link
     */
    public static void require(Path file) throws IOException {
        Optional<BasicFileAttributes> found = attributes(file);
        if (found.isEmpty()) {
            return;
        }
        requirePlain(file, found.get());
        if (found.get().isRegularFile() && names(file) > 1) {
            throw refused(file, "is one file with another name elsewhere (a hard link)");
        }
    }

    /**
     * For all below a folder: no symbolic links, pipes or devices. The folder itself may be a link where its name is the
     * user's choice.
     */
    public static void requireAllBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder.toRealPath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                requirePlain(file, attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private static void requirePlain(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            throw refused(
                    file,
                    "is a link to " + Printable.of(Files.readSymbolicLink(file).toString()));
        }
        if (attributes.isOther()) {
            throw refused(file, "is a pipe or a device");
        }
    }

    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** How many names a file has; 1 where the file system does not say. */
    private static int names(Path file) throws IOException {
        try {
            return (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException e) {
            return 1;
        }
    }

    private static GazecheckException refused(Path file, String what) {
        return new GazecheckException(
                FailureKind.INVALID_DATA,
                Printable.of(file.toString()) + " " + what
                        + ": nothing is written through it; remove it, or put a copy in its place");
    }
}
