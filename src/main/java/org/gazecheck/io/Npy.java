package org.gazecheck.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numpy's file format ({@code numpy.lib.format}), versions 1 to 3, little-endian, C order: {@code <f4}, {@code <f8},
 * {@code <i4}, {@code <i8} and {@code |u1} are read, {@code <f4} is written.
 */
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\s]*)\\)");
    private static final int ALIGNMENT = 64;

    private Npy() {}

    /**
     * Reads a whole array.
     *
     * @throws DamagedFileException when the file is not such an array, is shorter or longer than its header says, or holds an
     *     integer that does not fit in 32 bits
     */
    public static NpyArray read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        String header = header(in, file);
        String type = field(DESCR, header, file);
        if (field(ORDER, header, file).equals("True")) {
            throw new DamagedFileException(
                    file + ": the array is in Fortran order; save it with numpy.ascontiguousarray");
        }
        int[] shape = shape(field(SHAPE, header, file), file);
        int width =
                switch (type) {
                    case "|u1" -> 1;
                    case "<f4", "<i4" -> 4;
                    case "<f8", "<i8" -> 8;
                    default ->
                        throw new DamagedFileException(file + ": numbers of type " + Printable.of(type)
                                + " are not read; use <f4, <f8, <i4, <i8 or |u1");
                };
        long size = size(shape);
        if (in.remaining() != size * width) {
            throw new DamagedFileException(file + ": " + in.remaining() + " bytes of numbers where shape "
                    + Arrays.toString(shape) + " needs " + size * width + "; the file is truncated or damaged");
        }
        return new NpyArray(shape, numbers(in, type, (int) size, file));
    }

    /** Writes {@code data} as {@code <f4}; the file is there whole or not at all. */
    public static void write(Path file, float[] data, int... shape) throws IOException {
        try (NpyWriter writer = new NpyWriter(file, shape)) {
            writer.append(data);
        }
    }

    /** Number of values in an array of this shape. */
    static long size(int[] shape) {
        long size = 1;
        for (int n : shape) {
            size = Math.multiplyExact(size, n);
        }
        return size;
    }

    /** Everything before the numbers of an {@code <f4} array. */
    static byte[] header(int[] shape) {
        StringBuilder text = new StringBuilder("{'descr': '<f4', 'fortran_order': False, 'shape': (");
        for (int n : shape) {
            text.append(n).append(',');
        }
        text.append("), }");
        while ((MAGIC.length + 4 + text.length() + 1) % ALIGNMENT != 0) {
            text.append(' ');
        }
        text.append('\n');
        return ByteBuffer.allocate(MAGIC.length + 4 + text.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) text.length())
                .put(text.toString().getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static String header(ByteBuffer in, Path file) throws IOException {
        byte[] magic = new byte[Math.min(MAGIC.length, in.remaining())];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC) || in.remaining() < 6) {
            throw new DamagedFileException(file + " is not a numpy array (.npy)");
        }
        int version = in.get();
        in.get();
        long length = version == 1 ? Short.toUnsignedInt(in.getShort()) : Integer.toUnsignedLong(in.getInt());
        if (version < 1 || version > 3 || length > in.remaining()) {
            throw new DamagedFileException(file + ": the header of the numpy array is damaged");
        }
        byte[] text = new byte[(int) length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static String field(Pattern pattern, String header, Path file) throws IOException {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new DamagedFileException(
                    file + ": the header of the numpy array is not understood: " + Printable.of(header.strip()));
        }
        return matcher.group(1);
    }

    private static int[] shape(String text, Path file) throws IOException {
        try {
            int[] shape = Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(n -> !n.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            if (size(shape) > Integer.MAX_VALUE - 8) {
                throw new DamagedFileException(
                        file + ": an array of shape (" + text + ") is too large to be read whole");
            }
            return shape;
        } catch (NumberFormatException | ArithmeticException e) {
            throw new DamagedFileException(file + ": the shape (" + text + ") is out of range", e);
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
