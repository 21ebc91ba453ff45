package org.gazecheck.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.gazecheck.progress.Progress;

/**
 * Fetches files over HTTP: resumes a broken download (of this or an earlier process), and returns a file
 * only when its checksum is right.
 */
public final class Downloader {
    private static final int ATTEMPTS = 5;

    private final Duration timeout;
    private final Duration pause;

    public Downloader() {
        this(Duration.ofSeconds(30), Duration.ofSeconds(2));
    }

    /**
     * @param timeout how long a connection may be silent
     * @param pause before the second attempt; doubled before each further one
     */
    public Downloader(Duration timeout, Duration pause) {
        this.timeout = timeout;
        this.pause = pause;
    }

    /**
     * Fetches a file that is not there yet.
     *
     * @throws WrongContentException when the server sends something else
     * @throws DownloadException when it refuses or stays away; what came is kept, to resume from
     */
    public void fetch(Download download, Progress progress) throws IOException {
        Files.createDirectories(download.target().toAbsolutePath().getParent());
        try (FileChannel part = FileChannel.open(download.part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(part, download)) {
            boolean resumed = part.size() > 0;
            transfer(download, part, progress);
            if (resumed && !download.checksum().holds(download.part())) {
                progress.message(download.part() + " was damaged; it is downloaded again");
                part.truncate(0);
                transfer(download, part, progress);
            }
            requireMatch(download);
            part.force(true);
        }
        Files.move(
                download.part(),
                download.target(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(download.validator());
    }

    private void transfer(Download download, FileChannel part, Progress progress) throws IOException {
        Transfer transfer = new Transfer(download, part, timeout, progress);
        Duration wait = pause;
        for (int attempt = 1; ; attempt++) {
            try {
                transfer.run();
                return;
            } catch (DownloadException e) {
                throw e;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new DownloadException(
                            download.uri() + ": gave up after " + ATTEMPTS + " attempts (" + reason(e) + "); "
                                    + part.size() + " bytes are kept in " + download.part()
                                    + ", the same command resumes from there; or " + download.byHand(),
                            e);
                }
                progress.message(download.uri() + ": " + reason(e) + "; attempt " + (attempt + 1) + " of " + ATTEMPTS
                        + " in " + wait.toSeconds() + " s");
            }
            sleep(wait);
            wait = wait.multipliedBy(2);
        }
    }

    private static void requireMatch(Download download) throws IOException {
        if (!download.checksum().holds(download.part())) {
            String difference = download.checksum().difference(download.part());
            Files.delete(download.part());
            Files.deleteIfExists(download.validator());
            throw new WrongContentException(download.uri() + " is not the expected file (" + difference
                    + "): a proxy may have answered in its place; try again, or " + download.byHand());
        }
    }

    private static FileLock lock(FileChannel part, Download download) throws IOException {
        FileLock lock;
        try {
            lock = part.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new DownloadException(download.part() + " is being downloaded by another process; wait for it");
        }
        return lock;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void sleep(Duration wait) throws IOException {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DownloadException("the download was interrupted", e);
        }
    }
}
