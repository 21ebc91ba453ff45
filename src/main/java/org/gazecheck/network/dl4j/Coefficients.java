package org.gazecheck.network.dl4j;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.gazecheck.network.WeightsException;

/**
 * {@code coefficients.bin} of a DL4J archive: a vector of float32, as ND4J writes arrays (big-endian; twice the name of a
 * kind of memory, a length, the name of a type and that many numbers: first the shape's description, then the data).
 * ND4J's own reader allocates what the length says before it looks whether it is there, outside the heap.
 */
final class Coefficients {
    private static final int LONGEST_SHAPE = 64;

    private Coefficients() {}

    /** @throws IOException if it is not a vector of {@code count} numbers */
    static float[] read(byte[] bytes, long count) throws IOException {
        float[] numbers = read(bytes);
        if (numbers.length != count) {
            throw new WeightsException(
                    "its coefficients are " + numbers.length + " numbers, where its network has " + count);
        }
        return numbers;
    }

    /** @throws IOException if it is not a vector of numbers */
    static float[] read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        in.readUTF();
        long shape = in.readLong();
        if (shape < 1 || shape > LONGEST_SHAPE || !in.readUTF().equals("LONG")) {
            throw new WeightsException("its coefficients are not an ND4J array");
        }
        in.skipNBytes(Long.BYTES * shape);
        in.readUTF();
        long length = in.readLong();
        String type = in.readUTF();
        if (!type.equals("FLOAT") || length < 0 || length > bytes.length || in.available() != Float.BYTES * length) {
            throw new WeightsException("its coefficients are " + length + " numbers of type " + type + " in "
                    + in.available() + " bytes, not that many of type FLOAT");
        }
        float[] numbers = new float[(int) length];
        ByteBuffer.wrap(bytes, bytes.length - in.available(), in.available())
                .asFloatBuffer()
                .get(numbers);
        return numbers;
    }
}
