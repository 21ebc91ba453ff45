package org.gazecheck.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.DamagedFileException;
import org.gazecheck.io.NpyRows;
import org.gazecheck.network.Tensor;

/** Rows of a numpy file as a network takes them. */
final class TensorFile implements Closeable {
    private final Path file;
    private final NpyRows rows;

    private TensorFile(Path file, NpyRows rows) {
        this.file = file;
        this.rows = rows;
    }

    /**
     * @param input sizes that the network takes, that of rows first, 0 where they are free; empty where nothing is said
     * @throws GazecheckException if the file is not such an array, with what to do
     */
    static TensorFile open(Path file, List<Long> input) throws IOException {
        NpyRows rows;
        try {
            rows = NpyRows.open(file);
        } catch (DamagedFileException e) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    e.getMessage() + ". --tensor takes float32 in C order, as"
                            + " numpy.save(FILE, numpy.ascontiguousarray(x, dtype=numpy.float32)) writes it",
                    e);
        }
        try {
            requireShape(file, rows.shape(), input);
            return new TensorFile(file, rows);
        } catch (IOException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private static void requireShape(Path file, int[] shape, List<Long> input) throws GazecheckException {
        String holds = file + " holds " + Arrays.toString(shape);
        if (shape.length < 2 || Arrays.stream(shape).anyMatch(size -> size == 0)) {
            throw mistake(holds + ": at least one row is needed, as the network takes it, such as [n, 3, 224, 224]");
        }
        if (input.isEmpty() || fits(shape, input)) {
            return;
        }
        String taken = IntStream.range(0, input.size())
                .mapToObj(d -> d == 0 ? "n" : input.get(d) == 0 ? "any" : Long.toString(input.get(d)))
                .collect(Collectors.joining(", ", "[", "]"));
        throw mistake(holds + ", where the network takes " + taken + ": " + remedy(shape, input));
    }

    private static boolean fits(int[] shape, List<Long> input) {
        return shape.length == input.size()
                && IntStream.range(1, shape.length).allMatch(d -> input.get(d) == 0 || input.get(d) == shape[d]);
    }

    private static String remedy(int[] shape, List<Long> input) {
        if (shape.length == input.size() - 1) {
            return "add the rows' dimension with x[None]";
        }
        for (int[] order : List.of(new int[] {0, 3, 1, 2}, new int[] {0, 2, 3, 1})) {
            if (shape.length == 4
                    && fits(Arrays.stream(order).map(d -> shape[d]).toArray(), input)) {
                return "it fits as numpy.transpose(x, "
                        + Arrays.toString(order).replace('[', '(').replace(']', ')') + ")";
            }
        }
        return "give the tensor that the network was made for";
    }

    int count() {
        return rows.shape()[0];
    }

    /** @throws GazecheckException if a number is not finite */
    Tensor some(int from, int count) throws IOException {
        int[] shape = rows.shape();
        shape[0] = count;
        float[] some = new float[Math.multiplyExact(count, rows.rowLength())];
        for (int i = 0; i < count; i++) {
            float[] row = rows.row(from + i);
            for (float number : row) {
                if (!Float.isFinite(number)) {
                    throw mistake(file + ": row " + (from + i) + " holds " + number + ", which is no finite number");
                }
            }
            System.arraycopy(row, 0, some, i * row.length, row.length);
        }
        return Tensor.of(some, shape);
    }

    private static GazecheckException mistake(String message) {
        return new GazecheckException(FailureKind.USAGE, message);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
