package org.gazecheck.io;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names of temporary files, {@code .NAME.HOST.PROCESS.tmp}, which say which process owns them: what a killed process left is
 * removed by the next process that opens the folder.
 */
public final class Temporary {
    private static final Logger LOG = LoggerFactory.getLogger(Temporary.class);
    private static final Pattern NAME = Pattern.compile("\\..+\\.([^.]*)\\.(\\d+)\\.tmp");
    private static final Duration ABANDONED = Duration.ofDays(1);
    private static final long PROCESS = ProcessHandle.current().pid();
    private static final String HOST = host();

    private Temporary() {}

    /** Beside {@code file}, this process's own. */
    static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + HOST.replace('.', '-') + "." + PROCESS + ".tmp");
    }

    /** Removes a file that was not moved into place; where that fails too, the first failure is the one to report. */
    static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            LOG.debug("{} could not be removed: {}", temporary, e.getMessage());
        }
    }

    /** The name of this machine. */
    static String hostName() {
        return HOST;
    }

    /**
     * Removes what dead processes of this machine left in a folder, and what others left more than a day ago; folders
     * below are not entered.
     */
    public static void sweep(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.tmp")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && left(file, name.group(1), name.group(2))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean left(Path file, String host, String process) throws IOException {
        if (host.equals(HOST.replace('.', '-'))) {
            return ProcessHandle.of(Long.parseLong(process))
                    .filter(ProcessHandle::isAlive)
                    .isEmpty();
        }
        try {
            return Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(ABANDONED));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unknown) {
                return "localhost";
            }
        }
    }
}
