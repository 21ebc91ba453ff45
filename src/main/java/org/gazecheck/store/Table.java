package org.gazecheck.store;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Temporary;
import org.gazecheck.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows of one kind under one context, by key. Reading is safe from several threads. */
public final class Table implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Table.class);

    /** Shards that stay open between two reads. */
    private static final int OPEN_FILES = 32;

    private final Path folder;
    private final Encoding encoding;
    private final int rowLength;
    private final Quota quota;
    private final TableLock lock;
    private final List<Shard> shards = new ArrayList<>();
    private final RowIndex index = new RowIndex();
    private final OpenFiles files = new OpenFiles(OPEN_FILES);

    /**
     * Computes the rows of a few images.
     *
     * @param <A> {@code float[]}, {@code double[]} or {@code byte[]}, as the table's {@link Encoding} has it
     */
    @FunctionalInterface
    public interface ArrayRows<A> {
        /**
         * @param indices which of the keys given to {@link #compute}
         * @param out receives [indices.length, rowLength]
         */
        void compute(int[] indices, A out) throws IOException;
    }

    /** Of {@link Encoding#FLOAT32} and {@link Encoding#FLOAT16}. */
    @FunctionalInterface
    public interface Rows extends ArrayRows<float[]> {}

    private Table(Path folder, Encoding encoding, int rowLength, Quota quota, TableLock lock) {
        this.folder = folder;
        this.encoding = encoding;
        this.rowLength = rowLength;
        this.quota = quota;
        this.lock = lock;
    }

    static Table open(Path kind, String context, Encoding encoding, int rowLength, Quota quota) throws IOException {
        String full = described(context, encoding, rowLength);
        Path folder = folder(kind, full);
        Temporary.sweep(folder);
        TableLock lock = TableLock.shared(folder);
        Table table = new Table(folder, encoding, rowLength, quota, lock);
        try {
            byte[] text = full.getBytes(StandardCharsets.UTF_8);
            Path file = folder.resolve("context.txt");
            if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), text)) {
                AtomicFile.write(file, full);
            }
            table.scan();
            return table;
        } catch (IOException | RuntimeException e) {
            table.close();
            throw e;
        }
    }

    static boolean exists(Path kind, String context, Encoding encoding, int rowLength) {
        return Files.isDirectory(folder(kind, described(context, encoding, rowLength)));
    }

    private static String described(String context, Encoding encoding, int rowLength) {
        return context + "\nencoding " + encoding + "\nrow " + rowLength + "\n";
    }

    private static Path folder(Path kind, String described) {
        return kind.resolve(Hashes.sha256(described).substring(0, 16));
    }

    private void scan() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "shard-*.bin")) {
            found.forEach(files::add);
        }
        files.sort(null);
        for (Path file : files) {
            add(file);
        }
    }

    /** Looks again at what is on disk. Nobody may read meanwhile. */
    synchronized void reload() throws IOException {
        closeShards();
        scan();
    }

    public int rowLength() {
        return rowLength;
    }

    public boolean contains(String key) {
        return index.place(key) != RowIndex.ABSENT;
    }

    /** How many of the keys have no row yet. */
    public int missing(List<String> keys) {
        return (int) keys.stream().distinct().filter(key -> !contains(key)).count();
    }

    /**
     * Computes and keeps the rows that are missing, shard by shard; what was finished before a kill is not computed
     * again.
     *
     * @param shardRows rows in a shard: what is held in memory, and lost by a kill, at most
     * @param task advanced by one for every key, present ones included
     */
    public void compute(List<String> keys, int shardRows, Rows rows, Progress.Task task) throws IOException {
        compute(float[].class, keys, shardRows, rows, task);
    }

    /**
     * As {@link #compute(List, int, Rows, Progress.Task)}.
     *
     * @param type that of the arrays that the table's encoding takes
     */
    public <A> void compute(Class<A> type, List<String> keys, int shardRows, ArrayRows<A> rows, Progress.Task task)
            throws IOException {
        encoding.require(type);
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!contains(keys.get(i))) {
                wanted.putIfAbsent(keys.get(i), i);
            }
        }
        task.advance(keys.size() - wanted.size());
        List<Map.Entry<String, Integer>> missing = new ArrayList<>(wanted.entrySet());
        for (int from = 0; from < missing.size(); from += shardRows) {
            List<Map.Entry<String, Integer>> part = missing.subList(from, Math.min(missing.size(), from + shardRows));
            A out = type.cast(Array.newInstance(type.getComponentType(), Math.multiplyExact(part.size(), rowLength)));
            rows.compute(part.stream().mapToInt(Map.Entry::getValue).toArray(), out);
            appendRows(part.stream().map(Map.Entry::getKey).toList(), out);
            task.advance(part.size());
        }
    }

    /** Keeps rows computed elsewhere ([keys, rowLength]) as one shard. */
    public void append(List<String> keys, float[] rows) throws IOException {
        appendRows(keys, rows);
    }

    /** As {@link #append(List, float[])}, of {@link Encoding#FLOAT64}. */
    public void append(List<String> keys, double[] rows) throws IOException {
        appendRows(keys, rows);
    }

    /** As {@link #append(List, float[])}, of {@link Encoding#BYTES}. */
    public void append(List<String> keys, byte[] rows) throws IOException {
        appendRows(keys, rows);
    }

    private synchronized void appendRows(List<String> keys, Object rows) throws IOException {
        encoding.require(rows.getClass());
        if (Array.getLength(rows) != Math.multiplyExact(keys.size(), rowLength)) {
            throw new IllegalArgumentException(
                    Array.getLength(rows) + " numbers for " + keys.size() + " rows of " + rowLength);
        }
        Path file =
                folder.resolve("shard-" + Hashes.sha256(String.join("\n", keys)).substring(0, 24) + ".bin");
        quota.reserve(keys.size() * Shard.bytes(encoding, rowLength));
        Shard.write(file, encoding, rowLength, keys, rows);
        add(file);
    }

    /**
     * Reads the row of {@code key} into {@code out} from {@code offset} on.
     *
     * @throws DamagedShardException when it is not what was written; its shard is removed then ({@link ShardRepair})
     */
    public void read(String key, float[] out, int offset) throws IOException {
        readRow(key, out, offset);
    }

    /** As {@link #read(String, float[], int)}, of {@link Encoding#FLOAT64}. */
    public void read(String key, double[] out, int offset) throws IOException {
        readRow(key, out, offset);
    }

    /** As {@link #read(String, float[], int)}, of {@link Encoding#BYTES}. */
    public void read(String key, byte[] out, int offset) throws IOException {
        readRow(key, out, offset);
    }

    private void readRow(String key, Object out, int offset) throws IOException {
        encoding.require(out.getClass());
        long place = index.place(key);
        if (place == RowIndex.ABSENT) {
            throw new GazecheckException("no row of " + key + " in " + folder);
        }
        Shard shard = shard(RowIndex.shard(place));
        try {
            files.read(shard.file(), channel -> shard.read(channel, RowIndex.row(place), out, offset));
        } catch (NoSuchFileException e) {
            remove(shard);
            throw new DamagedShardException(shard.file(), "it is gone");
        } catch (DamagedShardException e) {
            remove(shard);
            throw e;
        }
    }

    private synchronized Shard shard(int number) {
        return shards.get(number);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            closeShards();
        }
    }

    private void closeShards() throws IOException {
        index.clear();
        shards.clear();
        files.close();
    }

    private synchronized void add(Path file) throws IOException {
        try {
            files.forget(file);
            List<String> keys = new ArrayList<>();
            shards.add(Shard.open(file, encoding, rowLength, keys::add));
            for (int row = 0; row < keys.size(); row++) {
                index.put(keys.get(row), shards.size() - 1, row);
            }
        } catch (DamagedShardException e) {
            LOG.warn("{}: its rows are computed again", e.getMessage());
            Files.deleteIfExists(file);
        }
    }

    private synchronized void remove(Shard damaged) throws IOException {
        index.removeShards(number -> shards.get(number).equals(damaged));
        files.forget(damaged.file());
        Files.deleteIfExists(damaged.file());
    }
}
