package org.gazecheck.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/**
 * Keeps other processes out of a folder: a lock of the operating system on {@code .lock}, which ends with the process
 * however it ends. The file says which process holds it, where and since when. What lies there and is no such file is left as
 * it is.
 */
public final class FolderLock implements Closeable {
    private static final int LONGEST_OWNER = 400;
    private static final Pattern OWNER = Pattern.compile("process \\d+ on \\S*, since [\\dT:Z-]+\\s*");

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the folder if need be, and locks it.
     *
     * @throws LockedException when another process, or another part of this one, holds the lock
     * @throws GazecheckException when {@code .lock} is a link, or something else than a lock
     */
    public static FolderLock of(Path folder) throws IOException {
        Path file = folder.resolve(".lock");
        FileChannel channel = open(file);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                requireLock(file, channel);
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(owner().getBytes(StandardCharsets.UTF_8)));
                return new FolderLock(channel);
            }
        } catch (GazecheckException e) {
            channel.close();
            throw e;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new LockedException(folder + " is already in use by this process");
        } catch (IOException e) {
            channel.close();
            throw Unwritable.explained(file, e);
        }
        String owner = content(channel);
        channel.close();
        throw new LockedException("another process works in " + folder + " (" + Printable.of(owner)
                + "): wait for it, or choose another output.dir");
    }

    private static void requireLock(Path file, FileChannel channel) throws IOException {
        if (channel.size() > 0
                && (channel.size() > LONGEST_OWNER
                        || !OWNER.matcher(content(channel)).matches())) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA,
                    file + " is no lock that Gazecheck wrote, and was left as it is: move it away, or choose another"
                            + " output.dir");
        }
    }

    private static String content(FileChannel channel) throws IOException {
        ByteBuffer owner = ByteBuffer.allocate(LONGEST_OWNER);
        channel.read(owner, 0);
        return new String(owner.array(), 0, owner.position(), StandardCharsets.UTF_8);
    }

    private static FileChannel open(Path file) throws IOException {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            OwnFile.require(file);
            return FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
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
