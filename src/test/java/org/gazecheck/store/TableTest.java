package org.gazecheck.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gazecheck.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    private static final int LENGTH = 5;

    @TempDir
    Path folder;

    private final List<String> keys =
            IntStream.range(0, 10).mapToObj(i -> "key" + i).toList();
    private final AtomicInteger computed = new AtomicInteger();

    @Test
    void rowsSurviveReopening_andAreComputedOnce() throws IOException {
        fill(keys);
        fill(keys);
        assertEquals(10, computed.get());
        try (Table table = open()) {
            float[] row = new float[LENGTH + 1];
            table.read("key7", row, 1);
            assertArrayEquals(new float[] {0, 7, 7.25f, 7.5f, 7.75f, 8}, row);
        }
    }

    @Test
    void onlyMissingRowsAreComputed_afterAnInterruption() throws IOException {
        assertThrows(IOException.class, () -> {
            try (Table table = open()) {
                table.compute(keys, 3, this::failAtTheThirdShard, task());
            }
        });
        try (Table table = open()) {
            assertEquals(4, table.missing(keys));
        }
        computed.set(0);
        fill(keys);
        assertEquals(4, computed.get());
    }

    @Test
    void anInterruptedThread_setsNoShardAside() throws IOException {
        fill(keys);
        Thread.currentThread().interrupt();
        try {
            assertThrows(ClosedByInterruptException.class, this::open);
        } finally {
            Thread.interrupted();
        }
        computed.set(0);
        fill(keys);
        assertEquals(0, computed.get());
    }

    @Test
    void anotherContext_sharesNothing() throws IOException {
        fill(keys);
        try (Table other = new Store(folder).open("features", "other weights", Encoding.FLOAT32, LENGTH)) {
            assertFalse(other.contains("key0"));
        }
    }

    @Test
    void truncatedShard_isRemovedAndComputedAgain() throws IOException {
        fill(keys);
        Path shard = aShard(folder);
        byte[] bytes = Files.readAllBytes(shard);
        Files.write(shard, Arrays.copyOf(bytes, bytes.length - 1));
        computed.set(0);
        fill(keys);
        assertTrue(computed.get() > 0);
        try (Table table = open()) {
            assertEquals(0, table.missing(keys));
        }
    }

    @Test
    void damage_isHealedByTheWorkThatMeetsIt() throws IOException {
        for (Damage damage : Damage.values()) {
            Path store = folder.resolve(damage.name());
            Store kept = new Store(store);
            try (Table table = open(kept)) {
                table.compute(keys, 3, this::rows, task());
                damage.does(aShard(store));
                computed.set(0);
                float[] found = new float[keys.size() * LENGTH];
                ShardRepair.of(
                        List.of(table), () -> table.compute(keys, 3, this::rows, task()), () -> readAll(table, found));
                float[] expected = new float[keys.size() * LENGTH];
                rows(IntStream.range(0, keys.size()).toArray(), expected);
                assertArrayEquals(expected, found, damage.name());
            }
            assertTrue(computed.get() > 0 && computed.get() < 20, damage + ": " + computed);
        }
    }

    @Test
    void damageWhileNobodyLooks_isHealedByTheNextToOpen() throws IOException {
        for (Damage damage : Damage.values()) {
            Store kept = new Store(folder.resolve(damage.name()));
            try (Table table = open(kept)) {
                table.compute(keys, 3, this::rows, task());
            }
            damage.does(aShard(folder.resolve(damage.name())));
            float[] found = new float[keys.size() * LENGTH];
            try (Table table = open(kept)) {
                ShardRepair.of(
                        List.of(table), () -> table.compute(keys, 3, this::rows, task()), () -> readAll(table, found));
            }
            assertEquals(9 + 4 / 4f, found[found.length - 1], damage.name());
        }
    }

    @Test
    void aDiskThatKeepsNothing_isTold() throws IOException {
        try (Table table = open()) {
            IOException told = assertThrows(
                    IOException.class,
                    () -> ShardRepair.of(
                            List.of(table),
                            () -> {
                                table.compute(keys, 3, this::rows, task());
                                Damage.LAST_BIT.does(aShard(folder));
                            },
                            () -> readAll(table, new float[keys.size() * LENGTH])));
            assertTrue(told.getMessage().contains("set cache.dir to another one"), told.getMessage());
        }
    }

    @Test
    void aDamagedDescription_isWrittenAnew() throws IOException {
        fill(keys);
        Path context = aShard(folder).resolveSibling("context.txt");
        String before = Files.readString(context);
        Files.write(context, new byte[] {(byte) 0xff, 0});
        computed.set(0);
        fill(keys);
        assertEquals(0, computed.get());
        assertEquals(before, Files.readString(context));
    }

    @Test
    void whatAKilledProcessLeftHalfWritten_isRemoved() throws IOException {
        fill(keys);
        Path half = aShard(folder).resolveSibling(".shard-1234.bin.elsewhere.1.tmp");
        Files.write(half, new byte[100]);
        open().close();
        assertTrue(Files.exists(half), "it may be of one that works on another machine");
        Files.setLastModifiedTime(half, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        open().close();
        assertFalse(Files.exists(half));
    }

    /** What happens to files. */
    private enum Damage {
        LAST_BIT,
        FIRST_BIT,
        MIDDLE_BIT,
        SHORTER,
        EMPTY,
        LONGER;

        void does(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            switch (this) {
                case LAST_BIT -> bytes[bytes.length - 1] ^= 1;
                case FIRST_BIT -> bytes[0] ^= 1;
                case MIDDLE_BIT -> bytes[bytes.length / 2] ^= 1;
                case SHORTER -> bytes = Arrays.copyOf(bytes, bytes.length - 30);
                case EMPTY -> bytes = new byte[0];
                case LONGER -> bytes = Arrays.copyOf(bytes, bytes.length + 1);
            }
            Files.write(file, bytes);
        }
    }

    private Void readAll(Table table, float[] out) throws IOException {
        for (int i = 0; i < keys.size(); i++) {
            table.read(keys.get(i), out, i * LENGTH);
        }
        return null;
    }

    @Test
    void halfPrecision_roundsToElevenBits() {
        for (float value :
                new float[] {0, -0f, 1, -2.5f, 65504, 6.1035156e-5f, 5.9604645e-8f, 0.1f, 1234.567f, 3e-6f}) {
            float back = Float16.toFloat(Float16.fromFloat(value));
            assertEquals(value, back, Math.max(Math.abs(value) / 2048, 3e-8f), "value " + value);
        }
        for (int half = 0; half < 0x7c00; half++) {
            assertEquals((short) half, Float16.fromFloat(Float16.toFloat((short) half)));
        }
        assertEquals(1f, Float16.toFloat(Float16.fromFloat(1 + 1 / 2048f)), "ties go to even");
        assertEquals(Float.POSITIVE_INFINITY, Float16.toFloat(Float16.fromFloat(70000)));
        assertTrue(Float.isNaN(Float16.toFloat(Float16.fromFloat(Float.NaN))));
    }

    @Test
    void doublesAndBytes_surviveBitForBit() throws IOException {
        double[] doubles = {0.1, -0.0, Double.MIN_VALUE, Double.NaN, Math.PI, Double.NEGATIVE_INFINITY};
        byte[] bytes = {0, -1, 127, -128, 13, 10};
        Store store = new Store(folder);
        for (int run = 0; run < 2; run++) {
            try (Table numbers = store.open("properties", "c", Encoding.FLOAT64, 3);
                    Table hashes = store.open("hashes", "c", Encoding.BYTES, 3)) {
                numbers.compute(double[].class, List.of("a", "b"), 8, part(doubles, 3), task());
                hashes.compute(byte[].class, List.of("a", "b"), 8, part(bytes, 3), task());
                double[] ofB = new double[4];
                numbers.read("b", ofB, 1);
                byte[] ofA = new byte[3];
                hashes.read("a", ofA, 0);
                assertArrayEquals(new double[] {0, Double.NaN, Math.PI, Double.NEGATIVE_INFINITY}, ofB);
                assertArrayEquals(new byte[] {0, -1, 127}, ofA);
                numbers.read("a", ofB, 0);
                for (int i = 0; i < 3; i++) {
                    assertEquals(Double.doubleToRawLongBits(doubles[i]), Double.doubleToRawLongBits(ofB[i]));
                }
            }
        }
    }

    @Test
    void aShardThatTookADamagedOnesPlace_isTheOneThatIsRead() throws IOException {
        try (Table table = open()) {
            table.compute(keys, 3, this::rows, task());
            readAll(table, new float[keys.size() * LENGTH]);
            Damage.LAST_BIT.does(aShard(folder));
            float[] found = new float[keys.size() * LENGTH];
            assertThrows(DamagedShardException.class, () -> readAll(table, found));
            table.compute(keys, 3, this::rows, task());
            readAll(table, found);
            assertEquals(9 + 4 / 4f, found[found.length - 1]);
        }
    }

    private static <A> Table.ArrayRows<A> part(A all, int length) {
        return (indices, out) -> {
            for (int i = 0; i < indices.length; i++) {
                System.arraycopy(all, indices[i] * length, out, i * length, length);
            }
        };
    }

    @Test
    void rowsOfAnotherType_areRefused() throws IOException {
        try (Table numbers = new Store(folder).open("properties", "c", Encoding.FLOAT64, 3)) {
            assertThrows(IllegalArgumentException.class, () -> numbers.append(List.of("a"), new float[3]));
            assertThrows(IllegalArgumentException.class, () -> numbers.append(List.of("a"), new double[4]));
        }
    }

    private Table open() throws IOException {
        return open(new Store(folder));
    }

    private static Table open(Store store) throws IOException {
        return store.open("features", "weights abc\nsize 224", Encoding.FLOAT32, LENGTH);
    }

    private void fill(List<String> wanted) throws IOException {
        try (Table table = open()) {
            table.compute(wanted, 3, this::rows, task());
        }
    }

    private void rows(int[] indices, float[] out) {
        for (int i = 0; i < indices.length; i++) {
            computed.incrementAndGet();
            for (int k = 0; k < LENGTH; k++) {
                out[i * LENGTH + k] = indices[i] + k / 4f;
            }
        }
    }

    private void failAtTheThirdShard(int[] indices, float[] out) throws IOException {
        if (indices[0] >= 6) {
            throw new IOException("killed");
        }
        rows(indices, out);
    }

    private static Progress.Task task() {
        return Progress.SILENT.start("rows", 10);
    }

    private static Path aShard(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith("shard-"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
