package org.gazecheck.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.gazecheck.failure.GazecheckException;

/** Says what to do where a file cannot be written because of its disk. */
public final class Unwritable {
    private static final long NO_ROOM = 64 << 10;

    private Unwritable() {}

    /**
     * The failure to throw instead of {@code failure}: one that names the file and what to do when its disk is full or
     * read-only, else {@code failure} itself. Java distinguishes these by text only, which names no file.
     *
     * @param file what was being written
     */
    public static IOException explained(Path file, IOException failure) {
        String text = String.valueOf(failure.getMessage());
        boolean disk = failure.getClass() == IOException.class || failure.getClass() == FileSystemException.class;
        if (!disk || text.startsWith(file + " cannot be written")) {
            return failure;
        }
        if (text.contains("Read-only file system")) {
            return new GazecheckException(
                    file + " cannot be written: its disk is read-only. Make it writable, or set another folder"
                            + " (output.dir, cache.dir, data.dir)",
                    failure);
        }
        long free = free(file);
        if (text.contains("No space left") || text.contains("quota") || free < NO_ROOM) {
            return new GazecheckException(
                    String.format(
                            Locale.ROOT,
                            "%s cannot be written: its disk is full (%.1f MB free). Make room, or set another folder"
                                    + " (output.dir, cache.dir, data.dir); the same command then continues",
                            file,
                            free * 1e-6),
                    failure);
        }
        return failure;
    }

    private static long free(Path file) {
        Path existing = file.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
