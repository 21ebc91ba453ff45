package org.gazecheck.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryTest {
    @TempDir
    private Path folder;

    /** Opens a database and is killed. */
    static final class Killed {
        public static void main(String[] folder) throws Exception {
            SqliteFile.Format format =
                    new SqliteFile.Format(7, "tests", "none", 1, "none", List.of(List.of("CREATE TABLE t (a)")));
            new SqliteFile(Path.of(folder[0], "some.sqlite"), format).change(connection -> true);
            Runtime.getRuntime().halt(9);
        }
    }

    @Test
    void aKilledProcessLeavesNothingInTheFolderOfTemporaryFiles() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        for (int i = 0; i < 2; i++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djava.io.tmpdir=" + temporary,
                            "-Duser.home=" + folder,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Killed.class.getName(),
                            folder.toString())
                    .inheritIO()
                    .start();
            assertEquals(9, process.waitFor());
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(
                    List.of(),
                    left.map(Path::toString).filter(f -> f.contains("sqlite")).toList());
        }
    }
}
