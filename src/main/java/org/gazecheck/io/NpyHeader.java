package org.gazecheck.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the numbers of a numpy array.
 *
 * @param type "&lt;f4", "&lt;f8", "&lt;i4", "&lt;i8" or "|u1"
 * @param width bytes of a number
 * @param shape of less than 2^63 values
 */
record NpyHeader(String type, int width, int[] shape) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\s]*)\\)");
    private static final int ALIGNMENT = 64;

    /**
     * Reads up to the first number.
     *
     * @throws DamagedFileException when it is not the header of an array that can be read
     */
    static NpyHeader read(ByteBuffer in, Path file) throws IOException {
        String text = text(in, file);
        String type = field(DESCR, text, file);
        if (field(ORDER, text, file).equals("True")) {
            throw new DamagedFileException(
                    file + ": the array is in Fortran order; save it with numpy.ascontiguousarray");
        }
        int[] shape = shape(field(SHAPE, text, file), file);
        int width =
                switch (type) {
                    case "|u1" -> 1;
                    case "<f4", "<i4" -> 4;
                    case "<f8", "<i8" -> 8;
                    default ->
                        throw new DamagedFileException(file + ": numbers of type " + Printable.of(type)
                                + " are not read; use <f4, <f8, <i4, <i8 or |u1");
                };
        return new NpyHeader(type, width, shape);
    }

    /** How many numbers there are. */
    long size() {
        return size(shape);
    }

    static long size(int[] shape) {
        long size = 1;
        for (int n : shape) {
            size = Math.multiplyExact(size, n);
        }
        return size;
    }

    /** @throws DamagedFileException unless the numbers take that many bytes */
    void requireBytes(long bytes, Path file) throws IOException {
        if (bytes != Math.multiplyExact(size(), width)) {
            throw new DamagedFileException(file + ": " + bytes + " bytes of numbers where shape "
                    + Arrays.toString(shape) + " needs " + size() * width + "; the file is truncated or damaged");
        }
    }

    /** Everything before the numbers of an {@code <f4} array. */
    static byte[] written(int[] shape) {
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

    private static String text(ByteBuffer in, Path file) throws IOException {
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

    private static String field(Pattern pattern, String text, Path file) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new DamagedFileException(
                    file + ": the header of the numpy array is not understood: " + Printable.of(text.strip()));
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
            Math.multiplyExact(size(shape), 8);
            return shape;
        } catch (NumberFormatException | ArithmeticException e) {
            throw new DamagedFileException(file + ": the shape (" + text + ") is out of range", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NpyHeader h && type.equals(h.type) && Arrays.equals(shape, h.shape);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return type + " " + Arrays.toString(shape);
    }
}
