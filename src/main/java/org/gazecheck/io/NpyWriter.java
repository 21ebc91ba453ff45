package org.gazecheck.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.gazecheck.failure.GazecheckException;

/**
 * Writes an {@code <f4} array piece by piece. The file takes its place when this is closed with every number written;
 * closing earlier (after a failure) leaves no file and throws.
 */
public final class NpyWriter implements Closeable {
    private final Path target;
    private final Path temporary;
    private final int[] shape;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private long left;
    private boolean closed;

    /** @param shape of the whole array, the rows that will be appended first */
    public NpyWriter(Path file, int... shape) throws IOException {
        this.target = file.toAbsolutePath();
        this.shape = shape.clone();
        this.left = NpyHeader.size(shape);
        temporary = Temporary.beside(target);
        channel = open();
        buffer.put(NpyHeader.written(shape));
    }

    private FileChannel open() throws IOException {
        try {
            Files.createDirectories(target.getParent());
            Files.deleteIfExists(temporary);
            return FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw Unwritable.explained(target, e);
        }
    }

    /** Appends one row, or several. */
    public void append(float[] values) throws IOException {
        append(values, 0, values.length);
    }

    public void append(float[] values, int offset, int length) throws IOException {
        if (length > left) {
            throw new IllegalArgumentException(
                    length + " numbers where " + left + " are left of shape " + Arrays.toString(shape));
        }
        for (int i = offset; i < offset + length; i++) {
            if (buffer.remaining() < Float.BYTES) {
                flush();
            }
            buffer.putFloat(values[i]);
        }
        left -= length;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            flush();
            channel.force(true);
            if (left > 0) {
                throw new GazecheckException(target + ": closed with " + left + " numbers of shape "
                        + Arrays.toString(shape) + " still to be written");
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Temporary.discard(temporary);
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw Unwritable.explained(target, e);
        }
        buffer.clear();
    }
}
