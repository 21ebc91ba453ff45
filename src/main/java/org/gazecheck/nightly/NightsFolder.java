package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Folders;

/**
 * Where everything lies in the folder of nights.
 *
 * @param root the configuration's {@code output.dir}
 */
record NightsFolder(Path root) {
    /** What the last night came to, whatever that was; for CI servers and chats. */
    Path summary() {
        return root.resolve("summary.md");
    }

    /** The same as test cases. */
    Path junit() {
        return root.resolve("junit.xml");
    }

    /** One line of JSON an event. */
    Path events() {
        return root.resolve("events.jsonl");
    }

    /** For Prometheus, where the configuration names no other file. */
    Path metrics() {
        return root.resolve("metrics.prom");
    }

    /** How many messages of the last night were not delivered; 0 where that is not known. */
    int undelivered() throws IOException {
        Path file = undeliveredFile();
        String count = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
        return count.matches("\\d{1,4}") ? Integer.parseInt(count) : 0;
    }

    void keepUndelivered(int messages) throws IOException {
        AtomicFile.write(undeliveredFile(), messages + "\n");
    }

    private Path undeliveredFile() {
        return root.resolve(".undelivered");
    }

    /** Results of watched runs as they were, a folder each. */
    Path models() {
        return root.resolve("models");
    }

    Path model(String id) {
        return models().resolve(id);
    }

    Path night(String id) {
        return root.resolve(id);
    }

    /** Makes the folder of a night, marked as unfinished from the first moment. */
    NightFolder begin(String id) throws IOException {
        Path begun = root.resolve(Retention.GONE + id);
        Files.createDirectories(begun);
        try {
            AtomicFile.write(new NightFolder(begun).unfinished(), id + "\n");
        } catch (IOException e) {
            Folders.delete(begun);
            throw e;
        }
        return new NightFolder(Files.move(begun, night(id), StandardCopyOption.ATOMIC_MOVE));
    }
}
