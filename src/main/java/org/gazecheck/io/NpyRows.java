package org.gazecheck.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Reads an {@code <f4} array row by row, so that it need not lie in memory; safe for several threads. */
public final class NpyRows implements Closeable {
    /** Longer headers are not written by numpy for arrays of numbers. */
    private static final int MOST_HEADER = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final int[] shape;
    private final long start;
    private final int rowLength;

    private NpyRows(Path file, FileChannel channel, int[] shape, long start) {
        this.file = file;
        this.channel = channel;
        this.shape = shape;
        this.start = start;
        int length = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            length = Math.multiplyExact(length, shape[axis]);
        }
        this.rowLength = length;
    }

    /**
     * @throws DamagedFileException when the file is not such an array of at least one axis, is shorter or longer than its
     *     header says, or a row has 2^29 numbers or more
     */
    public static NpyRows open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            ByteBuffer head = ByteBuffer.allocate((int) Math.min(MOST_HEADER, channel.size()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            fill(channel, head, 0, file);
            NpyHeader header = NpyHeader.read(head.flip(), file);
            header.requireBytes(channel.size() - head.position(), file);
            int[] shape = header.shape();
            if (!header.type().equals("<f4") || shape.length == 0) {
                throw new DamagedFileException(file + ": " + header + " where rows of <f4 are expected");
            }
            if (shape[0] > 0 && header.size() / shape[0] >= 1 << 29) {
                throw new DamagedFileException(file + ": rows of " + header + " are too long");
            }
            return new NpyRows(file, channel, shape, head.position());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Length of every axis; that of rows first. */
    public int[] shape() {
        return shape.clone();
    }

    /** Numbers in a row. */
    public int rowLength() {
        return rowLength;
    }

    /** The numbers of a row, in C order. */
    public float[] row(int index) throws IOException {
        if (index < 0 || index >= shape[0]) {
            throw new IndexOutOfBoundsException("row " + index + " of " + Arrays.toString(shape));
        }
        ByteBuffer bytes = ByteBuffer.allocate(rowLength * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(channel, bytes, start + (long) index * bytes.capacity(), file);
        float[] row = new float[rowLength];
        bytes.flip().asFloatBuffer().get(row);
        return row;
    }

    private static void fill(FileChannel channel, ByteBuffer bytes, long from, Path file) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException(file + " became shorter while it was read");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
