package org.gazecheck.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryTest {
    @TempDir
    private Path folder;

    @Test
    void whatDeadProcessesLeftIsRemovedAndNothingElse() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        String here = Temporary.hostName().replace('.', '-');
        Files.createFile(folder.resolve(".model.zip." + here + "." + dead.pid() + ".tmp"));
        Path own = Files.createFile(Temporary.beside(folder.resolve("rows.bin")));
        Path elsewhere = Files.createFile(folder.resolve(".rows.bin.another-machine.12.tmp"));
        Path forgotten = Files.createFile(folder.resolve(".rows.bin.another-machine.13.tmp"));
        Files.setLastModifiedTime(forgotten, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path unrelated = Files.createFile(folder.resolve(".notes.tmp"));

        Temporary.sweep(folder);

        assertEquals(List.of(own, elsewhere, unrelated).stream().sorted().toList(), files());
    }

    @Test
    void aFolderThatIsNotThereNeedsNoSweeping() throws IOException {
        Temporary.sweep(folder.resolve("absent"));
    }

    @Test
    void aFileIsWholeOrAsBefore() throws IOException {
        Path file = folder.resolve("sub/file.txt");
        AtomicFile.write(file, "first");
        IOException failure = assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write("sec".getBytes(StandardCharsets.UTF_8));
                    throw new IOException("No space left on device");
                }));

        assertEquals("first", Files.readString(file));
        assertTrue(failure.getMessage().contains("file.txt cannot be written: its disk is full"), failure.getMessage());
        try (Stream<Path> all = Files.list(file.getParent())) {
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void whatADeadProcessOfTheSameNumberLeftDoesNotShowThrough() throws IOException {
        Path file = folder.resolve("file.txt");
        Files.writeString(Temporary.beside(file), "a longer text of a process that had this one's number");
        AtomicFile.writePath(file, temporary -> {
            try (var out = Files.newOutputStream(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                out.write('x');
            }
        });

        assertEquals("x", Files.readString(file));
    }

    @Test
    void aReadOnlyDiskIsNamedAndOtherFailuresStayAsTheyAre() {
        Path file = folder.resolve("x");
        IOException other = new IOException("its checksum is wrong");

        assertTrue(Unwritable.explained(file, new FileSystemException(file.toString(), null, "Read-only file system"))
                .getMessage()
                .startsWith(file + " cannot be written: its disk is read-only"));
        assertEquals(other, Unwritable.explained(file, other));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }
}
