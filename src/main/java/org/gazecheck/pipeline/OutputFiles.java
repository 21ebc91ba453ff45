package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gazecheck.io.Hashes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that were written into a run folder, by their paths relative to it. */
record OutputFiles(Path root) {
    private static final Logger LOG = LoggerFactory.getLogger(OutputFiles.class);

    Path file(String name) {
        return root.resolve(name);
    }

    /** SHA-256 of each, by its relative path. */
    Map<String, String> hashes(Collection<Path> files) throws IOException {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (Path file : files) {
            hashes.put(root.relativize(file).toString().replace('\\', '/'), Hashes.sha256(file));
        }
        return hashes;
    }

    /** Whether each is there with that hash. */
    boolean whole(Map<String, String> hashes) throws IOException {
        for (Map.Entry<String, String> output : hashes.entrySet()) {
            Path file = file(output.getKey());
            if (!Files.isRegularFile(file) || !Hashes.sha256(file).equals(output.getValue())) {
                LOG.info("{} is missing or was changed: it is made again", file);
                return false;
            }
        }
        return true;
    }
}
