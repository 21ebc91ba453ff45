package org.gazecheck.nightly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.DamagedFileException;
import org.gazecheck.io.Printable;

/**
 * A file beside the watched run that says where its nights are kept, so that a folder of nights which was lost does not look
 * like one that was never there.
 *
 * @param file {@code .NAME.nights.json}, outside the folder of nights
 */
record NightsMarker(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENDING = ".nights.json";

    /** @param folder of nights, links resolved @param last id of the last whole night */
    record Entry(String name, Path folder, String last) {}

    /**
     * Beside the folder of the watched run; where that lies in the folder of nights, beside what {@code nightly.run} names; where that
     * does, too, beside the folder of nights.
     */
    static NightsMarker of(NightlyConfiguration configuration, Path run) {
        Path nights = NightFolders.real(configuration.output().dir());
        for (Path beside : List.of(run, configuration.nightly().run())) {
            Path real = NightFolders.real(beside);
            if (real.getParent() != null && !real.getParent().startsWith(nights)) {
                return beside(real);
            }
        }
        return beside(nights);
    }

    private static NightsMarker beside(Path path) {
        return new NightsMarker(path.resolveSibling("." + path.getFileName() + ENDING));
    }

    /** What it says; nothing where it is not there. */
    List<Entry> entries() throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            List<Entry> entries = new ArrayList<>();
            for (JsonNode entry : JSON.readTree(Files.readString(file)).path("nights")) {
                entries.add(new Entry(
                        entry.path("name").asText(),
                        Path.of(entry.path("folder").asText()),
                        entry.path("last").asText()));
            }
            return entries;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new DamagedFileException(
                    file + ": damaged; it says where nights are kept: bring it back, or remove it", e);
        }
    }

    /** Of a configuration's nights in that folder. */
    Optional<Entry> entry(String name, Path nights) throws IOException {
        Path folder = NightFolders.real(nights);
        return entries().stream()
                .filter(entry -> entry.name().equals(name) && entry.folder().equals(folder))
                .findFirst();
    }

    /** That nights of this name which watched this run were kept elsewhere. */
    Optional<String> elsewhere(String name, Path nights) throws IOException {
        Path folder = NightFolders.real(nights);
        return entries().stream()
                .filter(entry -> entry.name().equals(name) && !entry.folder().equals(folder))
                .reduce((first, second) -> second)
                .map(entry -> "nights of '" + name + "' that watch this run were kept in "
                        + Printable.of(entry.folder().toString())
                        + (Files.isDirectory(entry.folder()) ? "" : ", which is not there any more")
                        + " (the last is " + Printable.of(entry.last()) + "): nothing is compared with these");
    }

    /** Puts this one in place of what it said of the same folder. */
    void put(String name, Path nights, String last) throws IOException {
        Path folder = NightFolders.real(nights);
        ObjectNode root = JSON.createObjectNode().put("schemaVersion", 1);
        ArrayNode all = root.putArray("nights");
        for (Entry entry : entries()) {
            if (!entry.name().equals(name) || !entry.folder().equals(folder)) {
                write(all.addObject(), entry);
            }
        }
        write(all.addObject(), new Entry(name, folder, last));
        AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static void write(ObjectNode node, Entry entry) {
        node.put("name", entry.name()).put("folder", entry.folder().toString()).put("last", entry.last());
    }
}
