package org.gazecheck.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, unpacked once into a folder of this user. Left to itself, its driver unpacks it into a new temporary
 * file every time, which a killed process leaves behind.
 */
final class SqliteLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);
    private static final String FOLDER = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";

    private SqliteLibrary() {}

    /** Does nothing where a library was chosen by hand, or there is no folder for it: the driver goes its own way then. */
    static synchronized void unpack() {
        if (System.getProperty(FOLDER) != null || System.getProperty("org.sqlite.tmpdir") != null) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        Optional<Path> folder = UserFolder.of("sqlite-" + SQLiteJDBCLoader.getVersion());
        try (InputStream in =
                SQLiteJDBCLoader.class.getResourceAsStream(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            if (in == null || folder.isEmpty()) {
                return;
            }
            byte[] library = in.readAllBytes();
            Path file = folder.get().resolve(name);
            if (!Files.isRegularFile(file) || !Hashes.sha256(file).equals(Hashes.sha256(library))) {
                AtomicFile.write(file, out -> out.write(library));
            }
            System.setProperty(FOLDER, folder.get().toString());
            System.setProperty(NAME, name);
        } catch (IOException e) {
            LOG.debug("SQLite's library is unpacked into a temporary file: {}", e.getMessage());
        }
    }
}
