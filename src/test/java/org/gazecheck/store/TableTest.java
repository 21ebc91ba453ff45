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
    void truncatedShard_isSetAsideAndComputedAgain() throws IOException {
        fill(keys);
        Path shard = aShard();
        byte[] bytes = Files.readAllBytes(shard);
        Files.write(shard, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        computed.set(0);
        fill(keys);
        assertTrue(computed.get() > 0);
        try (Table table = open()) {
            assertEquals(0, table.missing(keys));
        }
    }

    @Test
    void flippedBit_isNoticedWhenRead_andComputedAgainNextTime() throws IOException {
        fill(keys);
        Path shard = aShard();
        byte[] bytes = Files.readAllBytes(shard);
        bytes[bytes.length - 1] ^= 1;
        Files.write(shard, bytes);
        assertThrows(IOException.class, () -> {
            try (Table table = open()) {
                for (String key : keys) {
                    table.read(key, new float[LENGTH], 0);
                }
            }
        });
        try (Table table = open()) {
            assertTrue(table.missing(keys) > 0);
        }
    }

    @Test
    void halfPrecision_roundsToElevenBits() {
        for (float value :
                new float[] {0, -0f, 1, -2.5f, 65504, 6.1035156e-5f, 5.9604645e-8f, 0.1f, 1234.567f, 3e-6f}) {
            float back = Half.toFloat(Half.fromFloat(value));
            assertEquals(value, back, Math.max(Math.abs(value) / 2048, 3e-8f), "value " + value);
        }
        for (int half = 0; half < 0x7c00; half++) {
            assertEquals((short) half, Half.fromFloat(Half.toFloat((short) half)));
        }
        assertEquals(1f, Half.toFloat(Half.fromFloat(1 + 1 / 2048f)), "ties go to even");
        assertEquals(Float.POSITIVE_INFINITY, Half.toFloat(Half.fromFloat(70000)));
        assertTrue(Float.isNaN(Half.toFloat(Half.fromFloat(Float.NaN))));
    }

    private Table open() throws IOException {
        return new Store(folder).open("features", "weights abc\nsize 224", Encoding.FLOAT32, LENGTH);
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

    private Path aShard() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith("shard-"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
