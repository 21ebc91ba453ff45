package org.gazecheck.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.InflaterInputStream;
import org.gazecheck.io.Printable;

/**
 * Matrices of real numbers from MAT-files, level 5 (MathWorks, "MAT-File Format"), little-endian. Read here and not by a
 * library because those at hand allocate what a file says before they look whether it is there.
 */
final class MatFile {
    private static final long LARGEST = 1 << 20;
    private static final int INFLATED = 16 << 20;
    private static final int HEADER = 128;
    private static final int COMPRESSED = 15;
    private static final int MATRIX = 14;

    private MatFile() {}

    /** An element: its type and its bytes. */
    private record Element(int type, ByteBuffer bytes) {}

    /**
     * A matrix in the order in which it is stored, rounded towards zero.
     *
     * @throws DataException when the file is damaged or has no such matrix
     */
    static int[] read(Path file, String variable) throws IOException {
        String why;
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException("the file is larger than 1 MB");
            }
            return read(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN), variable);
        } catch (BufferUnderflowException e) {
            why = "the file is cut off or damaged";
        } catch (IllegalArgumentException | IOException e) {
            why = Printable.of(String.valueOf(e.getMessage()));
        }
        throw new DataException(file + ": variable " + variable + " cannot be read (" + why
                + "): delete the file to have it downloaded again");
    }

    private static int[] read(ByteBuffer file, String variable) throws IOException {
        if (file.remaining() < HEADER || file.get(HEADER - 2) != 'I' || file.get(HEADER - 1) != 'M') {
            throw new IllegalArgumentException("it is not a little-endian MAT-file of level 5");
        }
        file.position(HEADER);
        int inflatable = INFLATED;
        while (file.hasRemaining()) {
            Element element = next(file);
            if (element.type == COMPRESSED) {
                ByteBuffer inflated = inflated(element.bytes, inflatable);
                inflatable -= inflated.remaining();
                element = next(inflated);
            }
            if (element.type == MATRIX) {
                ByteBuffer parts = element.bytes;
                next(parts);
                ByteBuffer dimensions = next(parts).bytes;
                ByteBuffer name = next(parts).bytes;
                if (StandardCharsets.US_ASCII.decode(name).toString().equals(variable)) {
                    return numbers(dimensions, next(parts));
                }
            }
        }
        throw new IllegalArgumentException("there is none of that name");
    }

    /** Takes an element and the padding after it; up to four bytes may lie in the tag itself. */
    private static Element next(ByteBuffer in) {
        int tag = in.getInt();
        boolean small = tag >>> 16 != 0;
        int type = small ? tag & 0xffff : tag;
        int length = small ? tag >>> 16 : in.getInt();
        if (length < 0 || length > in.remaining() || small && length > 4) {
            throw new IllegalArgumentException("a part is said to have " + Integer.toUnsignedString(length) + " bytes");
        }
        ByteBuffer bytes = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        int padding = small ? 4 - length : type == COMPRESSED ? 0 : -length & 7;
        in.position(in.position() + Math.min(length + padding, in.remaining()));
        return new Element(type, bytes);
    }

    private static ByteBuffer inflated(ByteBuffer bytes, int limit) throws IOException {
        byte[] packed = new byte[bytes.remaining()];
        bytes.get(packed);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            byte[] inflated = in.readNBytes(limit + 1);
            if (inflated.length > limit) {
                throw new IllegalArgumentException("it unpacks to more than 16 MB");
            }
            return ByteBuffer.wrap(inflated).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static int[] numbers(ByteBuffer dimensions, Element real) {
        int width =
                switch (real.type) {
                    case 1, 2 -> 1;
                    case 3, 4 -> 2;
                    case 5, 6, 7 -> 4;
                    case 9, 12, 13 -> 8;
                    default -> throw new IllegalArgumentException("it holds no real numbers");
                };
        long count = 1;
        while (dimensions.hasRemaining()) {
            count = Math.min(count * Integer.toUnsignedLong(dimensions.getInt()), 1L << 31);
        }
        if (count * width != real.bytes.remaining()) {
            throw new IllegalArgumentException("its size and its numbers do not agree");
        }
        int[] values = new int[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(real);
        }
        return values;
    }

    private static int number(Element real) {
        ByteBuffer in = real.bytes;
        return switch (real.type) {
            case 1 -> in.get();
            case 2 -> Byte.toUnsignedInt(in.get());
            case 3 -> in.getShort();
            case 4 -> Short.toUnsignedInt(in.getShort());
            case 5, 6 -> in.getInt();
            case 7 -> (int) in.getFloat();
            case 9 -> (int) in.getDouble();
            default -> (int) in.getLong();
        };
    }
}
