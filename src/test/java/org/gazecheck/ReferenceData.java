package org.gazecheck;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The images, weights and reference results that parity tests read; see the README on how to get them. */
public final class ReferenceData {
    private static final String VARIABLE = "GAZECHECK_REFERENCE";

    private ReferenceData() {}

    /** A file or folder of the reference data: absent by default the test is skipped, absent although set it fails. */
    public static Path path(String relative) {
        String set = System.getenv(VARIABLE);
        Path root = Path.of(set == null ? "../shared/data" : set);
        Path path = root.resolve(relative);
        if (!Files.exists(path)) {
            if (set != null) {
                fail(VARIABLE + " is " + set + ", but there is no " + path);
            }
            Assumptions.abort("needs " + relative + " of the reference data: set " + VARIABLE + " to its folder");
        }
        return path;
    }

    /** What a folder's {@code .json} files say, in the order of their names. */
    public static List<JsonNode> descriptions(String folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(path(folder))) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        JsonMapper mapper = new JsonMapper();
        List<JsonNode> descriptions = new ArrayList<>();
        for (Path file : files) {
            descriptions.add(mapper.readTree(file.toFile()));
        }
        return descriptions;
    }
}
