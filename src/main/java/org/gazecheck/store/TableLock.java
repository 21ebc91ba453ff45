package org.gazecheck.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who works with a table: a lock of the operating system on {@code <table>.lock} beside the folder, shared while the table
 * is open, exclusive while something is removed from it. It ends with the process however that ends. The file's time is
 * when the table was last used; the file stays when the table goes, so that no two processes ever hold different files.
 */
final class TableLock implements Closeable {
    /** The system's locks belong to the whole process, and closing any channel of a file ends them: one channel a file. */
    private static final Map<Path, TableLock> HELD = new HashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final boolean shared;
    private int holders = 1;

    private TableLock(Path file, FileChannel channel, boolean shared) {
        this.file = file;
        this.channel = channel;
        this.shared = shared;
    }

    static Path file(Path table) {
        return table.resolveSibling(table.getFileName() + ".lock")
                .toAbsolutePath()
                .normalize();
    }

    /** For working with a table; waits while another process removes something from it. */
    static TableLock shared(Path table) throws IOException {
        synchronized (HELD) {
            TableLock held = HELD.get(file(table));
            if (held != null) {
                held.holders++;
                return held;
            }
            TableLock lock = Objects.requireNonNull(open(table, true, false), "a lock that was waited for");
            lock.touch();
            return lock;
        }
    }

    /** For removing from a table; null, which try passes over, when anyone works with it, in this process or another. */
    static @Nullable TableLock exclusive(Path table) throws IOException {
        synchronized (HELD) {
            return HELD.containsKey(file(table)) ? null : open(table, false, true);
        }
    }

    private static @Nullable TableLock open(Path table, boolean shared, boolean attempt) throws IOException {
        Path file = file(table);
        Files.createDirectories(file.getParent());
        boolean fresh = !Files.exists(file);
        FileTime used = fresh && Files.isDirectory(table) ? Files.getLastModifiedTime(table) : null;
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (used != null) {
                Files.setLastModifiedTime(file, used);
            }
            FileLock lock =
                    attempt ? channel.tryLock(0, Long.MAX_VALUE, shared) : channel.lock(0, Long.MAX_VALUE, shared);
            if (lock == null) {
                channel.close();
                return null;
            }
        } catch (FileLockInterruptionException e) {
            channel.close();
            throw new ClosedByInterruptException();
        } catch (IOException | OverlappingFileLockException e) {
            channel.close();
            throw e;
        }
        TableLock held = new TableLock(file, channel, shared);
        HELD.put(file, held);
        return held;
    }

    /** Through the channel: setting the time by path would open and close the file, and so end the lock. */
    private void touch() throws IOException {
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}), 0);
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (--holders == 0) {
                HELD.remove(file);
                try (channel) {
                    if (shared) {
                        touch();
                    }
                }
            }
        }
    }
}
