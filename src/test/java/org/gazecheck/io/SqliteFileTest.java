package org.gazecheck.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest {
    private static final List<String> FIRST = List.of("CREATE TABLE things (name TEXT NOT NULL)");
    private static final List<String> SECOND =
            List.of("ALTER TABLE things ADD COLUMN weight REAL", "UPDATE things SET weight = 1");

    @TempDir
    private Path work;

    private Path file;

    @BeforeEach
    void choose() throws IOException {
        file = Files.createDirectory(work.resolve("a folder? 100%41 & #1")).resolve("things.sqlite");
    }

    private static SqliteFile.Format format(List<List<String>> migrations) {
        return new SqliteFile.Format(4711, "things", "move it aside", 1, "", migrations);
    }

    private SqliteFile things(List<List<String>> migrations) {
        return new SqliteFile(file, format(migrations));
    }

    private static void add(SqliteFile things, String name) throws IOException {
        things.change(connection -> {
            execute(connection, "INSERT INTO things (name) VALUES ('" + name + "')");
            return null;
        });
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String text(SqliteFile things, String query) throws IOException {
        return things.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                return row.next() ? row.getString(1) : null;
            }
        });
    }

    private void ofOtherProgram(String... statements) throws Exception {
        try (Connection c =
                DriverManager.getConnection("jdbc:sqlite:file:" + file.toUri().getRawPath())) {
            execute(c, statements);
        }
    }

    @Test
    void anOlderFileIsBroughtToThisVersionAndKeepsItsRows() throws IOException {
        add(things(List.of(FIRST)), "a");
        SqliteFile newer = things(List.of(FIRST, SECOND));
        assertEquals("1.0", text(newer, "SELECT weight FROM things WHERE name = 'a'"));
        assertEquals("2", text(newer, "PRAGMA user_version"));
        DamagedFileException refused =
                assertThrows(DamagedFileException.class, () -> text(things(List.of(FIRST)), "SELECT 1"));
        assertEquals(
                file
                        + ": of version 2, written by a newer Gazecheck; this one knows 1: use the newer one; it was"
                        + " left as it is",
                refused.getMessage());
    }

    @Test
    void aStepThatFailsLeavesTheVersionBeforeIt() throws IOException {
        add(things(List.of(FIRST)), "a");
        SqliteFile broken = things(List.of(FIRST, SECOND, List.of("DELETE FROM things", "nonsense")));
        assertThrows(IOException.class, () -> text(broken, "SELECT 1"));
        SqliteFile second = things(List.of(FIRST, SECOND));
        assertEquals("a", text(second, "SELECT name FROM things"));
        assertEquals("2", text(second, "PRAGMA user_version"));
    }

    @Test
    void workThatFailsChangesNothing() throws IOException {
        SqliteFile things = things(List.of(FIRST));
        add(things, "a");
        assertThrows(
                IllegalStateException.class,
                () -> things.change(connection -> {
                    execute(connection, "DELETE FROM things");
                    throw new IllegalStateException();
                }));
        assertEquals("1", text(things, "SELECT count(*) FROM things"));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList(), "one file and nothing beside it");
        }
    }

    @Test
    void whatIsOfOtherProgramsChangedOrNoDatabaseIsRefusedAndLeftAlone() throws Exception {
        Files.writeString(file, "name,weight\n".repeat(500));
        assertRefused("damaged, or no database");
        Files.delete(file);
        ofOtherProgram("CREATE TABLE mine (x)");
        assertRefused("a database, but not of things: move it aside");
        Files.delete(file);
        add(things(List.of(FIRST)), "a");
        ofOtherProgram("CREATE TRIGGER t AFTER INSERT ON things BEGIN DELETE FROM things; END");
        assertRefused("not as this program makes it");
    }

    @Test
    void aDamagedPageIsTold() throws Exception {
        SqliteFile things = things(List.of(FIRST));
        for (int i = 0; i < 5; i++) {
            add(things, "x".repeat(3000));
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(4096);
            bytes.write(new byte[3000]);
        }
        byte[] before = Files.readAllBytes(file);
        assertThrows(DamagedFileException.class, () -> add(things, "y"));
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    private void assertRefused(String problem) throws IOException {
        byte[] before = Files.readAllBytes(file);
        SqliteFile things = things(List.of(FIRST));
        for (DamagedFileException e : List.of(
                assertThrows(DamagedFileException.class, () -> add(things, "a")),
                assertThrows(DamagedFileException.class, () -> text(things, "SELECT 1")))) {
            assertTrue(e.getMessage().startsWith(file + ": " + problem), e.getMessage());
            assertTrue(e.getMessage().endsWith("move it aside; it was left as it is"), e.getMessage());
        }
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void readingMakesNoFileAndAnEmptyOneIsABeginning() throws IOException {
        SqliteFile things = things(List.of(FIRST));
        assertThrows(NoSuchFileException.class, () -> text(things, "SELECT 1"));
        assertFalse(Files.exists(file));
        Files.createFile(file);
        assertEquals("0", text(things, "SELECT count(*) FROM things"));
        add(things, "a");
        assertEquals("a", text(things, "SELECT name FROM things"));
    }

    @Test
    void aFolderThatIsGoneIsNotMade() throws IOException {
        Files.delete(file.getParent());
        assertThrows(NoSuchFileException.class, () -> add(things(List.of(FIRST)), "a"));
        assertFalse(Files.exists(file.getParent()));
    }
}
