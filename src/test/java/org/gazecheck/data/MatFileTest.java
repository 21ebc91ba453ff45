package org.gazecheck.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;

class MatFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {Deflater.NO_COMPRESSION, Deflater.BEST_COMPRESSION})
    void readsWhatALibraryWrites(int level) throws IOException {
        Path file = written(level);
        assertArrayEquals(new int[] {1, 2, 300, 70_000, 102, -7}, MatFile.read(file, "labels"));
        assertArrayEquals(new int[] {5}, MatFile.read(file, "x"));
    }

    @Test
    void everyPrefixAndEveryDamagedByteIsRefusedOrReadAsNumbers() throws IOException {
        byte[] whole = Files.readAllBytes(written(Deflater.NO_COMPRESSION));
        Path file = folder.resolve("damaged.mat");
        for (int i = 0; i < whole.length; i++) {
            Files.write(file, Arrays.copyOf(whole, i));
            assertThrows(DataException.class, () -> MatFile.read(file, "missing"));
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x5a;
            Files.write(file, damaged);
            assertThrows(DataException.class, () -> MatFile.read(file, "missing"));
        }
    }

    private Path written(int level) throws IOException {
        Matrix labels = Mat5.newMatrix(2, 3);
        int[] values = {1, 2, 300, 70_000, 102, -7};
        for (int i = 0; i < values.length; i++) {
            labels.setInt(i, values[i]);
        }
        Matrix one = Mat5.newMatrix(1, 1);
        one.setInt(0, 5);
        Path file = folder.resolve("labels" + level + ".mat");
        try (Sink sink = Sinks.newStreamingFile(file.toFile())) {
            Mat5.newWriter(sink)
                    .setDeflateLevel(level)
                    .writeMat(Mat5.newMatFile().addArray("labels", labels).addArray("x", one));
        }
        return file;
    }
}
