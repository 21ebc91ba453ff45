package org.gazecheck.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gazecheck.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final int LENGTH = 250;
    private static final int SHARD_ROWS = 10;
    private static final long ROW_BYTES = 4 + 4 * LENGTH;

    @TempDir
    Path folder;

    @Test
    void whatIsOverTheBound_goesLeastRecentlyUsedFirst() throws IOException {
        fill(unbounded(), "old", 100);
        fill(unbounded(), "middle", 100);
        fill(unbounded(), "new", 100);
        usedAt("middle", 1);
        usedAt("old", 2);
        usedAt("new", 3);
        fill(new Store(folder, 350 * ROW_BYTES), "newest", 100);
        assertTrue(rows("middle") > 0 && rows("middle") < 60, "used longest ago, no more than must: " + rows("middle"));
        assertEquals(100, rows("old"));
        assertEquals(100, rows("new"));
        assertEquals(100, rows("newest"));
        fill(new Store(folder, 350 * ROW_BYTES), "another", 80);
        assertEquals(0, rows("middle"));
        assertTrue(rows("old") < 100, "next in turn: " + rows("old"));
        assertTrue(held() <= 350 * ROW_BYTES, held() + " bytes");
    }

    @Test
    void aBoundThatWasLowered_holdsFromTheNextRunOn() throws IOException {
        fill(unbounded(), "old", 100);
        fill(unbounded(), "new", 100);
        usedAt("old", 1);
        new Store(folder, 120 * ROW_BYTES)
                .open("features", "other", Encoding.FLOAT32, LENGTH)
                .close();
        assertTrue(held() <= 120 * ROW_BYTES, held() + " bytes");
        assertEquals(100, rows("new"));
    }

    @Test
    void whatIsOpen_staysWhateverTheBound() throws IOException {
        Store store = new Store(folder, 50 * ROW_BYTES);
        try (Table table = open(unbounded(), "in use")) {
            compute(table, 100);
            usedAt("in use", 1);
            fill(store, "more", 100);
            assertEquals(100, rows("in use"));
            table.read("key99", new float[LENGTH], 0);
        }
        fill(store, "more still", 40);
        assertEquals(0, rows("in use"));
    }

    @Test
    void aRunThatNeedsMoreThanTheBound_computesEachRowOnce() throws IOException {
        Store store = new Store(folder, 50 * ROW_BYTES);
        try (Table table = open(store, "large")) {
            compute(table, 500);
            assertEquals(0, table.missing(keys(500)));
        }
    }

    @Test
    void anotherProcessKeepsWhatItWorksWith_untilItIsKilled() throws Exception {
        fill(unbounded(), "theirs", 100);
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString(),
                        "theirs")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = other.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            while (line != null && !line.equals("open")) {
                line = out.readLine();
            }
            assertNotNull(line, "the other process did not open the table");
            usedAt("theirs", 1);
            fill(new Store(folder, 50 * ROW_BYTES), "ours", 40);
            assertEquals(100, rows("theirs"));
            assertTrue(table("theirs").inUse());
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertFalse(table("theirs").inUse());
        fill(new Store(folder, 50 * ROW_BYTES), "ours", 40);
        assertEquals(0, rows("theirs"));
    }

    /** Opens a table and waits to be killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (Table table = open(new Store(Path.of(arguments[0])), arguments[1])) {
                table.read("key0", new float[LENGTH], 0);
                System.out.println("open");
                System.in.read();
            }
        }
    }

    @Test
    void filesThatAreNoneOfTheStore_stay() throws IOException {
        Path file = folder.resolve("holiday/0123456789abcdef/beach.jpg");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[1000]);
        fill(unbounded(), "rows", 100);
        Path note = folder.resolve("note.txt");
        Files.writeString(note, "mine");
        fill(new Store(folder, 1), "more", 10);
        for (StoredTable table : unbounded().tables()) {
            table.remove(Long.MAX_VALUE);
        }
        assertEquals(List.of(), unbounded().tables());
        assertTrue(Files.exists(file) && Files.exists(note));
    }

    @Test
    void aStoreWithoutAFolder_isEmpty() throws IOException {
        assertEquals(List.of(), new Store(folder.resolve("none")).tables());
    }

    private Store unbounded() {
        return new Store(folder);
    }

    private static Table open(Store store, String context) throws IOException {
        return store.open("features", context, Encoding.FLOAT32, LENGTH);
    }

    private static void fill(Store store, String context, int rows) throws IOException {
        try (Table table = open(store, context)) {
            compute(table, rows);
        }
    }

    /** Computes rows of which none may be computed before. */
    private static void compute(Table table, int rows) throws IOException {
        table.compute(keys(rows), SHARD_ROWS, (indices, out) -> {}, Progress.SILENT.start("rows", rows));
    }

    private static List<String> keys(int rows) {
        return IntStream.range(0, rows).mapToObj(i -> "key" + i).toList();
    }

    private StoredTable table(String context) throws IOException {
        return unbounded().tables().stream()
                .filter(table -> table.context().orElseThrow().startsWith(context + "\n"))
                .findFirst()
                .orElse(null);
    }

    private long rows(String context) throws IOException {
        StoredTable table = table(context);
        return table == null ? 0 : table.rows();
    }

    private void usedAt(String context, long second) throws IOException {
        Files.setLastModifiedTime(
                TableLock.file(table(context).folder()), FileTime.from(Instant.ofEpochSecond(1_000_000_000 + second)));
    }

    private long held() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith("shard-"))
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
    }
}
