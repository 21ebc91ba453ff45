package org.gazecheck.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.UserFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key to the servers of a run: kept in a folder of this user's alone, so that a page that is open may go on when its server
 * is started again. Never in the run folder, which may be somebody else's.
 */
final class ServerKey {
    private static final Logger LOG = LoggerFactory.getLogger(ServerKey.class);
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");

    private ServerKey() {}

    /** A new one where none is kept, or none can be. */
    static String of(Path run) {
        Optional<Path> folder = UserFolder.of("serve");
        if (folder.isEmpty()) {
            return Gate.newKey();
        }
        try {
            Path file = folder.get().resolve(Hashes.sha256(run.toRealPath().toString()));
            if (Files.isRegularFile(file)) {
                String kept = Files.readString(file, StandardCharsets.US_ASCII);
                if (KEY.matcher(kept).matches()) {
                    return kept;
                }
            }
            String key = Gate.newKey();
            AtomicFile.write(file, key);
            return key;
        } catch (IOException e) {
            LOG.debug("the key is for this server only: {}", e.getMessage());
            return Gate.newKey();
        }
    }
}
