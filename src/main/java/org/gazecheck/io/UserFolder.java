package org.gazecheck.io;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders that nobody but this user can read or write, below {@code ~/.cache/gazecheck}; they may be deleted at any time. */
public final class UserFolder {
    private static final Logger LOG = LoggerFactory.getLogger(UserFolder.class);
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private UserFolder() {}

    /** Made if need be; empty where there is no home that can be written. */
    public static Optional<Path> of(String name) {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path base = cache.startsWith("/") ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache");
        Path ours = base.resolve("gazecheck");
        Path folder = ours.resolve(name);
        try {
            Files.createDirectories(folder);
            return makePrivate(ours) && makePrivate(folder) ? Optional.of(folder) : Optional.empty();
        } catch (IOException | SecurityException e) {
            LOG.debug("{} cannot be used: {}", folder, e.getMessage());
            return Optional.empty();
        }
    }

    /** Changing permissions fails for a folder of another user. */
    private static boolean makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (POSIX && !Files.getPosixFilePermissions(folder).equals(PRIVATE)) {
            Files.setPosixFilePermissions(folder, PRIVATE);
        }
        return Files.isWritable(folder);
    }
}
