package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.store.Encoding;
import org.gazecheck.store.Store;
import org.gazecheck.store.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void showsWhatIsKeptOfWhat_andWhetherItIsInUse() throws IOException {
        keep("scores", 3).close();
        try (Table open = keep("features", 2)) {
            assertEquals(0, cache());
        }
        List<String> lines = out.toString().lines().toList();
        String features =
                lines.stream().filter(l -> l.startsWith("features")).findFirst().orElseThrow();
        String scores =
                lines.stream().filter(l -> l.startsWith("scores")).findFirst().orElseThrow();
        assertTrue(features.matches("features +2 +\\d+\\.\\d kB  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  yes"), features);
        assertTrue(scores.matches("scores +3 +.*:\\d\\d"), scores);
        assertEquals(
                2, lines.stream().filter("  network 01234567; crop 224"::equals).count(), out.toString());
        assertTrue(
                lines.stream()
                        .allMatch(l -> l.length() <= 80 + folder.toString().length()),
                out.toString());
    }

    @Test
    void clearsOnlyWhenToldSo_andNeverWhatIsInUse() throws IOException {
        keep("scores", 3).close();
        try (Table open = keep("features", 2)) {
            assertEquals(0, cache("clear"));
            assertTrue(out.toString().contains("would go: scores, 3 rows"), out.toString());
            assertTrue(out.toString().contains("in use, stays: features, 2 rows"), out.toString());
            assertEquals(List.of("features", "scores"), kinds());
            assertEquals(0, cache("clear", "--yes"));
            assertEquals(List.of("features"), kinds());
            open.read("key1", new float[2], 0);
        }
        assertEquals(0, cache("clear", "--yes"));
        assertEquals(List.of(), kinds());
        try (Stream<Path> left = Files.list(folder.resolve("features"))) {
            assertTrue(left.allMatch(f -> f.toString().endsWith(".lock")));
        }
    }

    @Test
    void clearsByKindAndAge() throws IOException {
        keep("scores", 3).close();
        keep("features", 2).close();
        keep("activations", 2).close();
        usedDaysAgo("scores", 40);
        usedDaysAgo("activations", 20);
        assertEquals(0, cache("clear", "--yes", "--older-than", "30d"));
        assertEquals(List.of("activations", "features"), kinds());
        assertEquals(0, cache("clear", "--yes", "--kind", "activations", "--kind", "scores"));
        assertEquals(List.of("features"), kinds());
    }

    @Test
    void mistakesAreTold() {
        assertEquals(2, cache("clear", "--older-than", "tomorrow"));
        assertTrue(err.toString().contains("'tomorrow' is not an age such as 12h, 30d or 8w"), err.toString());
        assertEquals(2, execute("cache", "--dir", folder.resolve("none").toString()));
        assertTrue(err.toString().contains("name the store (cache.dir) with --dir"), err.toString());
        assertEquals(0, cache());
        assertTrue(out.toString().contains("nothing is kept in "), out.toString());
        assertFalse(Files.exists(folder.resolve("none")));
    }

    private Table keep(String kind, int rows) throws IOException {
        String context = "version 1\nnetwork " + HASH + "\ncrop 224";
        Table table = new Store(folder).open(kind, context, Encoding.FLOAT32, 2);
        table.append(
                Stream.iterate(0, i -> i + 1).limit(rows).map(i -> "key" + i).toList(), new float[2 * rows]);
        return table;
    }

    private List<String> kinds() throws IOException {
        return new Store(folder).tables().stream().map(t -> t.kind()).sorted().toList();
    }

    private void usedDaysAgo(String kind, int days) throws IOException {
        Instant then = Instant.now().minus(days, ChronoUnit.DAYS);
        try (Stream<Path> files = Files.list(folder.resolve(kind))) {
            Path lock = files.filter(f -> f.toString().endsWith(".lock"))
                    .findFirst()
                    .orElseThrow();
            Files.setLastModifiedTime(lock, FileTime.from(then));
        }
    }

    private int cache(String... arguments) {
        return execute(Stream.concat(
                        Stream.of("cache"), Stream.concat(Stream.of(arguments), Stream.of("--dir", folder.toString())))
                .toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Main.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
