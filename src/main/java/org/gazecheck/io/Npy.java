package org.gazecheck.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Numpy's file format ({@code numpy.lib.format}), versions 1 to 3, little-endian, C order: {@code <f4}, {@code <f8},
 * {@code <i4}, {@code <i8} and {@code |u1} are read, {@code <f4} is written.
 */
public final class Npy {
    private Npy() {}

    /**
     * Reads a whole array.
     *
     * @throws DamagedFileException when the file is not such an array, is shorter or longer than its header says, or holds an
     *     integer that does not fit in 32 bits
     */
    public static NpyArray read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        NpyHeader header = NpyHeader.read(in, file);
        header.requireBytes(in.remaining(), file);
        if (header.size() > Integer.MAX_VALUE - 8) {
            throw new DamagedFileException(file + ": an array of shape " + Arrays.toString(header.shape())
                    + " is too large to be read at once");
        }
        return new NpyArray(header.shape(), numbers(in, header.type(), (int) header.size(), file));
    }

    /** Writes {@code data} as {@code <f4}; the file is written atomically. */
    public static void write(Path file, float[] data, int... shape) throws IOException {
        try (NpyWriter writer = new NpyWriter(file, shape)) {
            writer.append(data);
        }
    }

    private static Object numbers(ByteBuffer in, String type, int size, Path file) throws IOException {
        switch (type) {
            case "|u1" -> {
                byte[] bytes = new byte[size];
                in.get(bytes);
                return bytes;
            }
            case "<f4" -> {
                float[] floats = new float[size];
                in.asFloatBuffer().get(floats);
                return floats;
            }
            case "<f8" -> {
                float[] floats = new float[size];
                for (int i = 0; i < size; i++) {
                    floats[i] = (float) in.getDouble();
                }
                return floats;
            }
            case "<i4" -> {
                int[] ints = new int[size];
                in.asIntBuffer().get(ints);
                return ints;
            }
            default -> {
                int[] ints = new int[size];
                for (int i = 0; i < size; i++) {
                    long value = in.getLong();
                    if (value != (int) value) {
                        throw new DamagedFileException(file + ": " + value + " does not fit in 32 bits");
                    }
                    ints[i] = (int) value;
                }
                return ints;
            }
        }
    }
}
