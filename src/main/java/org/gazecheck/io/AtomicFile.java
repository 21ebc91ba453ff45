package org.gazecheck.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are written atomically: to a temporary file beside, forced to disk, moved into place. */
public final class AtomicFile {
    private AtomicFile() {}

    /** What fills the file; must not close the stream. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** What fills a file that only a path can be given for (an archive written by a library). */
    @FunctionalInterface
    public interface PathContent {
        void writeTo(Path temporary) throws IOException;
    }

    /** Writes {@code file} through a stream; parents are made. On failure the earlier file, if any, stays. */
    public static void write(Path file, Content content) throws IOException {
        writePath(file, temporary -> {
            try (FileChannel channel =
                            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
            }
        });
    }

    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** As {@link #write(Path, Content)}, for writers that want a path. */
    public static void writePath(Path file, PathContent content) throws IOException {
        Path target = file.toAbsolutePath();
        createFolder(target.resolveSibling(""));
        Path temporary = Temporary.beside(target);
        try {
            Files.deleteIfExists(temporary);
            content.writeTo(temporary);
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Unwritable.explained(file, e);
        } finally {
            Temporary.discard(temporary);
        }
    }

    private static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw Unwritable.explained(folder, e);
        }
    }
}
