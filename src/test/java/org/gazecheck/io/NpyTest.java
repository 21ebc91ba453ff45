package org.gazecheck.io;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gazecheck.ReferenceData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Path file = folder.resolve("deep/er.npy");
        Npy.write(file, new float[] {1, -2.5f, Float.NaN, 4, 5, 6}, 2, 3);
        NpyArray array = Npy.read(file);
        assertArrayEquals(new int[] {2, 3}, array.shape());
        assertArrayEquals(new float[] {1, -2.5f, Float.NaN, 4, 5, 6}, array.floats());
        assertThrows(IllegalStateException.class, array::ints);
    }

    @Test
    void numbersOfEveryTypeAreRead() throws IOException {
        assertArrayEquals(
                new float[] {1.5f, -2},
                Npy.read(array("<f8", b -> b.putDouble(1.5).putDouble(-2), 16)).floats());
        assertArrayEquals(
                new int[] {7, -8},
                Npy.read(array("<i8", b -> b.putLong(7).putLong(-8), 16)).ints());
        assertArrayEquals(
                new int[] {7, -8},
                Npy.read(array("<i4", b -> b.putInt(7).putInt(-8), 8)).ints());
        assertArrayEquals(
                new byte[] {1, -1},
                Npy.read(array("|u1", b -> b.put((byte) 1).put((byte) 255), 2)).bytes());
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.npy"), "not an array");
        assertTrue(assertThrows(IOException.class, () -> Npy.read(text))
                .getMessage()
                .contains("not a numpy array"));
        Path shortOne = array("<f4", b -> b.putFloat(1), 4);
        assertTrue(assertThrows(IOException.class, () -> Npy.read(shortOne))
                .getMessage()
                .contains("truncated"));
        Path objects = array("|O", b -> b.putLong(1), 8);
        assertTrue(assertThrows(IOException.class, () -> Npy.read(objects))
                .getMessage()
                .contains("|O"));
        Path large = array("<i8", b -> b.putLong(1L << 40).putLong(0), 16);
        assertTrue(assertThrows(IOException.class, () -> Npy.read(large))
                .getMessage()
                .contains("32 bits"));
    }

    @Test
    void rowsAreAppendedAndAnIncompleteArrayIsNotLeftBehind() throws IOException {
        Path file = folder.resolve("rows.npy");
        try (NpyWriter writer = new NpyWriter(file, 3, 20_000)) {
            for (int i = 0; i < 3; i++) {
                float[] row = new float[20_000];
                row[19_999] = i;
                writer.append(row);
                assertFalse(Files.exists(file));
            }
        }
        assertEquals(2, Npy.read(file).floats()[59_999]);

        Path incomplete = folder.resolve("incomplete.npy");
        NpyWriter writer = new NpyWriter(incomplete, 2, 2);
        writer.append(new float[] {1, 2});
        assertThrows(IllegalArgumentException.class, () -> writer.append(new float[3]));
        assertThrows(IOException.class, writer::close);
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    @Tag("reference")
    void numpysFilesAreRead() throws IOException {
        assertArrayEquals(
                new int[] {8, 3, 224, 224},
                Npy.read(ReferenceData.path("golden/resnet50/input.npy")).shape());
        assertEquals(
                8, Npy.read(ReferenceData.path("golden/resnet50/predicted.npy")).ints().length);
        assertEquals(
                8 * 224 * 224 * 3,
                Npy.read(ReferenceData.path("golden/resnet50/pixels.npy")).bytes().length);
    }

    private Path array(String type, java.util.function.Consumer<ByteBuffer> numbers, int length) throws IOException {
        byte[] header = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': (2,), }\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(10 + header.length + length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        file.putShort((short) header.length).put(header);
        numbers.accept(file);
        return Files.write(
                Files.createTempFile(Files.createDirectories(folder.resolve("arrays")), "array", ".npy"), file.array());
    }
}
