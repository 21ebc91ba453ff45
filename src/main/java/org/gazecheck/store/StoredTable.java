package org.gazecheck.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table as it lies on disk.
 *
 * @param folder {@code <store>/<kind>/<hash of context>}
 * @param context everything that the rows depend on besides their keys, a line each; absent where a killed process left none
 * @param files all that belongs to it but the context, the oldest first
 * @param bytes of them all
 * @param used when it was last opened or closed
 */
public record StoredTable(Path folder, Optional<String> context, List<Kept> files, long bytes, Instant used) {
    private static final String CONTEXT = "context.txt";
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern OURS = Pattern.compile("shard-.*|\\.shard-.*\\.tmp|\\.context\\.txt\\..*\\.tmp");

    /** A shard, or what a killed process left of one. */
    record Kept(Path path, long bytes, Instant written) {}

    /** All tables of a store; other files and folders that lie there are none of it. */
    static List<StoredTable> all(Path store) throws IOException {
        List<StoredTable> tables = new ArrayList<>();
        for (Path kind : folders(store)) {
            for (Path folder : folders(kind)) {
                if (NAME.matcher(folder.getFileName().toString()).matches()) {
                    find(folder).ifPresent(tables::add);
                }
            }
        }
        tables.sort(Comparator.comparing(StoredTable::used).thenComparing(StoredTable::folder));
        return tables;
    }

    /** None when the folder holds nothing of a table, or goes away meanwhile. */
    private static Optional<StoredTable> find(Path folder) throws IOException {
        try {
            List<Kept> files = files(folder);
            Path file = folder.resolve(CONTEXT);
            Optional<String> context = Files.isRegularFile(file)
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                    : Optional.empty();
            if (files.isEmpty() && context.isEmpty()) {
                return Optional.empty();
            }
            Path lock = TableLock.file(folder);
            Instant used = Files.getLastModifiedTime(Files.exists(lock) ? lock : folder)
                    .toInstant();
            long bytes = files.stream().mapToLong(Kept::bytes).sum();
            return Optional.of(new StoredTable(folder, context, files, bytes, used));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static List<Kept> files(Path folder) throws IOException {
        List<Kept> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(
                folder, f -> OURS.matcher(f.getFileName().toString()).matches())) {
            for (Path file : found) {
                BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
                try {
                    BasicFileAttributes facts = view.readAttributes();
                    files.add(new Kept(
                            file, facts.size(), facts.lastModifiedTime().toInstant()));
                } catch (NoSuchFileException e) {
                    // Gone since it was listed.
                }
            }
        }
        files.sort(Comparator.comparing(Kept::written).thenComparing(Kept::path));
        return List.copyOf(files);
    }

    private static List<Path> folders(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, Files::isDirectory)) {
                found.forEach(folders::add);
            }
        }
        return folders;
    }

    /** What the rows are: features, activations, scores. */
    public String kind() {
        return folder.resolveSibling("").getFileName().toString();
    }

    /** How many rows its shards hold; damaged ones count as none. */
    public long rows() throws IOException {
        long rows = 0;
        for (Kept file : files) {
            rows += Shard.rows(file.path);
        }
        return rows;
    }

    /** Whether any process has it open now. */
    public boolean inUse() throws IOException {
        try (TableLock lock = TableLock.exclusive(folder)) {
            return lock == null;
        }
    }

    /**
     * Removes the oldest shards, and the table with the last, unless anyone works with it.
     *
     * @param bytes how many must go; the shard that exceeds them goes too
     * @return how many went
     */
    public long remove(long bytes) throws IOException {
        try (TableLock lock = TableLock.exclusive(folder)) {
            long removed = 0;
            if (lock == null || !Files.isDirectory(folder)) {
                return 0;
            }
            int left = files.size();
            for (Kept file : files) {
                if (removed < bytes) {
                    Files.deleteIfExists(file.path);
                    removed += file.bytes;
                    left--;
                }
            }
            if (left == 0) {
                removeEmpty();
            }
            return removed;
        }
    }

    private void removeEmpty() throws IOException {
        if (files(folder).isEmpty()) {
            Files.deleteIfExists(folder.resolve(CONTEXT));
            try (DirectoryStream<Path> others = Files.newDirectoryStream(folder)) {
                if (others.iterator().hasNext()) {
                    return;
                }
            }
            Files.delete(folder);
        }
    }
}
