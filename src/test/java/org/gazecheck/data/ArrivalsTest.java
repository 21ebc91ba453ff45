package org.gazecheck.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.data.Arrivals.Arrival;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"@eaDir", "#recycle", "lost+found", ".stversions"})
    void whatNetworkStorageKeepsDoesNotArrive(String litter) throws IOException {
        write("cat/1.png");
        write("cat/" + litter + "/2.png");
        write(litter + "/3.png");

        Arrivals arrivals = Arrivals.read(folder, List.of("cat", "dog"), false);

        assertEquals(
                List.of("cat/1.png"),
                arrivals.found().stream().map(Arrival::path).toList());
        assertTrue(
                arrivals.warnings().get(0).contains("2 images with them: 2 " + litter),
                arrivals.warnings().toString());
    }

    @Test
    void theFolderNamesAClassInEitherUnicodeForm() {
        Set<String> classes = Set.of("\u00d6l", "cat");
        assertEquals(Optional.of("\u00d6l"), Arrivals.label("O\u0308l/1.png", classes));
        assertEquals(Optional.of("cat"), Arrivals.label("a/cat\u00a0/1.png", classes));
        assertEquals(Optional.empty(), Arrivals.label("dog/1.png", classes));
    }

    private void write(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, path);
    }
}
