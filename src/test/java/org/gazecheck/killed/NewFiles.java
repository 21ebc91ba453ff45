package org.gazecheck.killed;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/** Files and folders that are made or moved into a folder, at any depth, from now on. */
final class NewFiles implements AutoCloseable {
    private final WatchService watch;
    private final PathMatcher name;

    /** @param glob of the names to wait for */
    NewFiles(Path folder, String glob) throws IOException {
        watch = folder.getFileSystem().newWatchService();
        name = folder.getFileSystem().getPathMatcher("glob:" + glob);
        register(folder);
    }

    /** Waits until a file of the name is made: true; false when the process ends before. */
    boolean await(Command process) throws IOException, InterruptedException {
        while (process.isAlive()) {
            WatchKey key = watch.poll(1, TimeUnit.SECONDS);
            if (key != null && isMade(key)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMade(WatchKey key) throws IOException {
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.context() instanceof Path made) {
                if (name.matches(made)) {
                    return true;
                }
                Path path = ((Path) key.watchable()).resolve(made);
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && register(path)) {
                    return true;
                }
            }
        }
        key.reset();
        return false;
    }

    /** Whether a file of the name came before the watch did. A folder may be gone again by now. */
    private boolean register(Path folder) throws IOException {
        try {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        }
        boolean made = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                made |= name.matches(file.getFileName());
                made |= Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && register(file);
            }
        } catch (NoSuchFileException e) {
            return made;
        }
        return made;
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
