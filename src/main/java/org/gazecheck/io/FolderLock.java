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

/**
 * Keeps other processes out of a folder: a lock of the operating system on {@code .lock}, which ends with the process
 * however it ends. The file says which process holds it.
 */
public final class FolderLock implements Closeable {
    private static final int LONGEST_OWNER = 20;

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
        Files.createDirectories(folder);
        Path file = folder.resolve(".lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new LockedException(folder + " is in use by this very process");
        }
        ByteBuffer owner = ByteBuffer.allocate(LONGEST_OWNER);
        channel.read(owner, 0);
        channel.close();
        throw new LockedException("another process works in " + folder + " (process "
                + new String(owner.array(), 0, owner.position(), StandardCharsets.US_ASCII)
                + "): wait for it, or choose another output.dir");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
