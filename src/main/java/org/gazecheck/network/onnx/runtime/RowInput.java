package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.gazecheck.network.Frames;
import org.gazecheck.network.Tensor;

/** An input of a model, of which some rows at a time are written where the engine reads them. */
interface RowInput {
    /** Of the native memory that a number of rows takes. */
    int bytes(int rows);

    /**
     * @param to after the last row
     * @param memory native, in the machine's byte order, with at least {@link #bytes}; not to be touched while the tensor
     *     is in use
     */
    OnnxTensor rows(OrtEnvironment environment, int from, int to, ByteBuffer memory) throws OrtException;

    /** Images, [n, 3, h, w]. */
    static RowInput of(Frames frames) {
        return new Floats(frames.rowShape(), frames::write);
    }

    /** [n, ...]. */
    static RowInput of(Tensor tensor) {
        int[] row = Arrays.copyOfRange(tensor.shape(), 1, tensor.shape().length);
        int length = Floats.length(row);
        return new Floats(row, (from, to, out) -> out.put(tensor.data(), from * length, (to - from) * length));
    }

    /** Whole numbers, [n]. */
    static RowInput of(int[] values) {
        return new Integers(values);
    }

    /** Writes rows from a buffer's position on. */
    @FunctionalInterface
    interface Writer {
        void write(int from, int to, FloatBuffer out);
    }

    /**
     * In single precision.
     *
     * @param row shape of a row
     */
    record Floats(int[] row, Writer writer) implements RowInput {
        @Override
        public int bytes(int rows) {
            return Math.multiplyExact(Float.BYTES * rows, length(row));
        }

        @Override
        public OnnxTensor rows(OrtEnvironment environment, int from, int to, ByteBuffer memory) throws OrtException {
            FloatBuffer values =
                    memory.slice(0, bytes(to - from)).order(memory.order()).asFloatBuffer();
            writer.write(from, to, values);
            long[] shape = new long[row.length + 1];
            shape[0] = (long) to - from;
            for (int i = 0; i < row.length; i++) {
                shape[i + 1] = row[i];
            }
            return OnnxTensor.createTensor(environment, values.rewind(), shape);
        }

        private static int length(int[] row) {
            return Arrays.stream(row).reduce(1, Math::multiplyExact);
        }
    }

    /** In 64 bits. */
    record Integers(int[] values) implements RowInput {
        @Override
        public int bytes(int rows) {
            return Long.BYTES * rows;
        }

        @Override
        public OnnxTensor rows(OrtEnvironment environment, int from, int to, ByteBuffer memory) throws OrtException {
            LongBuffer numbers =
                    memory.slice(0, bytes(to - from)).order(memory.order()).asLongBuffer();
            for (int i = from; i < to; i++) {
                numbers.put(values[i]);
            }
            return OnnxTensor.createTensor(environment, numbers.rewind(), new long[] {to - from});
        }
    }
}
