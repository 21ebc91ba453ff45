package org.gazecheck.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Keeps other processes out of a folder: a lock of the operating system on {@code .lock}, which ends with the process
 * however it ends. The file says which process holds it, where and since when.
 */
public final class FolderLock implements Closeable {
    private static final int LONGEST_OWNER = 400;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the folder if need be, and locks it.
     *
     * @throws LockedException when another process, or another part of this one, holds the lock
     */
    public static FolderLock of(Path folder) throws IOException {
        Path file = folder.resolve(".lock");
        FileChannel channel = open(file);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(owner().getBytes(StandardCharsets.UTF_8)));
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new LockedException(folder + " is already in use by this process");
        } catch (IOException e) {
            channel.close();
            throw Unwritable.explained(file, e);
        }
        ByteBuffer owner = ByteBuffer.allocate(LONGEST_OWNER);
        channel.read(owner, 0);
        channel.close();
        throw new LockedException("another process works in " + folder + " ("
                + new String(owner.array(), 0, owner.position(), StandardCharsets.UTF_8)
                + "): wait for it, or choose another output.dir");
    }

    private static FileChannel open(Path file) throws IOException {
        try {
            Files.createDirectories(file.getParent());
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw Unwritable.explained(file, e);
        }
    }

    private static String owner() {
        return "process " + ProcessHandle.current().pid() + " on " + Temporary.hostName() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
