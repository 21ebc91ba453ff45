package org.gazecheck.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.gazecheck.io.AtomicFile;

/**
 * A file of rows: {@code "GZSHARD1"}, length and CRC-32C of the header, the header (encoding, row length, keys), then for
 * each row its CRC-32C and its numbers, little-endian.
 *
 * @param firstRow where the first row begins, in bytes
 */
record Shard(Path file, Encoding encoding, int rowLength, long firstRow) {
    private static final byte[] MAGIC = {'G', 'Z', 'S', 'H', 'A', 'R', 'D', '1'};
    private static final int PREFIX = MAGIC.length + 8;

    /** Bytes that a row takes. */
    static long bytes(Encoding encoding, int rowLength) {
        return rowBytes(encoding, rowLength);
    }

    /** Writes {@code rows} [keys, rowLength], an array of the encoding's type, as one file. */
    static void write(Path file, Encoding encoding, int rowLength, List<String> keys, Object rows) throws IOException {
        byte[] header = header(encoding, rowLength, keys);
        AtomicFile.writePath(file, temporary -> {
            try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                ByteBuffer prefix = ByteBuffer.allocate(PREFIX + header.length);
                prefix.put(MAGIC).putInt(header.length).putInt(checksum(ByteBuffer.wrap(header)));
                prefix.put(header).flip();
                writeFully(out, prefix);
                ByteBuffer row = rowBuffer(encoding, rowLength);
                for (int i = 0; i < keys.size(); i++) {
                    encode(rows, i * rowLength, rowLength, encoding, row);
                    writeFully(out, row);
                }
            }
        });
    }

    /**
     * Looks at a file.
     *
     * @param keys receives the keys of its rows, in their order; none of a damaged file
     * @throws DamagedShardException when it is not a whole shard of this encoding and row length
     */
    static Shard open(Path file, Encoding encoding, int rowLength, Consumer<String> keys) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = header(file, channel);
            long firstRow = PREFIX + (long) header.capacity();
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(header.array()));
            String encodingName = in.readUTF();
            int storedLength = in.readInt();
            int rows = in.readInt();
            long expected = firstRow + (long) rows * rowBytes(encoding, rowLength);
            if (!encodingName.equals(encoding.name()) || storedLength != rowLength || channel.size() != expected) {
                throw new DamagedShardException(file, "it does not hold what its folder says");
            }
            for (int i = 0; i < rows; i++) {
                keys.accept(in.readUTF());
            }
            return new Shard(file, encoding, rowLength, firstRow);
        }
    }

    /** How many rows a file holds; 0 when it is not a whole shard. */
    static int rows(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            DataInputStream in = new DataInputStream(
                    new ByteArrayInputStream(header(file, channel).array()));
            in.readUTF();
            in.readInt();
            return in.readInt();
        } catch (DamagedShardException | NoSuchFileException e) {
            return 0;
        }
    }

    private static ByteBuffer header(Path file, FileChannel channel) throws IOException {
        ByteBuffer prefix = read(file, channel, 0, PREFIX);
        byte[] magic = new byte[MAGIC.length];
        prefix.get(magic);
        int length = prefix.getInt();
        int checksum = prefix.getInt();
        if (!Arrays.equals(magic, MAGIC) || length < 0 || length > channel.size()) {
            throw new DamagedShardException(file, "it is not a shard");
        }
        ByteBuffer header = read(file, channel, PREFIX, length);
        if (checksum(header.duplicate()) != checksum) {
            throw new DamagedShardException(file, "its header's checksum is wrong");
        }
        return header;
    }

    /**
     * Reads one row.
     *
     * @param channel of its file
     * @param out an array of the encoding's type
     * @throws DamagedShardException when its checksum is wrong, or the disk does not give it back
     */
    void read(FileChannel channel, int row, Object out, int offset) throws IOException {
        int bytes = rowBytes(encoding, rowLength);
        ByteBuffer buffer = read(file, channel, firstRow + (long) row * bytes, bytes);
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        int checksum = buffer.getInt();
        if (checksum(buffer.duplicate()) != checksum) {
            throw new DamagedShardException(file, "the checksum of row " + row + " is wrong");
        }
        encoding.decode(buffer, out, offset, rowLength);
    }

    private static byte[] header(Encoding encoding, int rowLength, List<String> keys) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(encoding.name());
        out.writeInt(rowLength);
        out.writeInt(keys.size());
        for (String key : keys) {
            out.writeUTF(key);
        }
        return bytes.toByteArray();
    }

    private static int rowBytes(Encoding encoding, int rowLength) {
        return Math.addExact(4, Math.multiplyExact(encoding.bytes(), rowLength));
    }

    private static ByteBuffer rowBuffer(Encoding encoding, int rowLength) {
        return ByteBuffer.allocate(rowBytes(encoding, rowLength)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void encode(Object rows, int from, int length, Encoding encoding, ByteBuffer row)
            throws IOException {
        row.clear().position(4);
        encoding.encode(rows, from, length, row);
        row.clear().position(4);
        row.putInt(0, checksum(row.duplicate()));
        row.position(0);
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static ByteBuffer read(Path file, FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            int n;
            try {
                n = channel.read(buffer, position + buffer.position());
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                throw new DamagedShardException(file, String.valueOf(e.getMessage()));
            }
            if (n < 0) {
                throw new DamagedShardException(file, "it ends early");
            }
        }
        return buffer.flip();
    }

    private static void writeFully(FileChannel out, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }
}
