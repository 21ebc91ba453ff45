package org.gazecheck.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.failure.GazecheckException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/**
 * A file of SQLite that is this program's own, opened again for every piece of work: what was moved or removed meanwhile is
 * noticed, and several processes may write. Work that changes it is one transaction, which the disk has when the call
 * returns (rollback journal, {@code synchronous=EXTRA}). A file that is damaged, of another program or of a newer version, or
 * of one that is too old, is refused and left as it is. Nothing else of this process may open the file: closing it would end SQLite's locks.
 */
public final class SqliteFile {
    private static final int BUSY_MILLISECONDS = 10_000;

    /** The file itself, and what SQLite writes beside it. */
    private static final List<String> COMPANIONS = List.of("", "-journal", "-wal", "-shm");

    static {
        SqliteLibrary.unpack();
    }

    private final Path file;
    private final Format format;

    public SqliteFile(Path file, Format format) {
        this.file = file;
        this.format = format;
    }

    /**
     * What such files hold.
     *
     * @param application SQLite's {@code application_id}: whose file it is
     * @param content in words, plural, such as "verdicts"
     * @param advice what to do with a file that is refused
     * @param oldest version that is read
     * @param adviceOnOlder what to do with a file of an older version, which is refused
     * @param migrations the statements that lead from version 0 (empty) to the oldest, from there to the next and so on
     */
    public record Format(
            int application,
            String content,
            String advice,
            int oldest,
            String adviceOnOlder,
            List<List<String>> migrations) {
        public Format {
            migrations = migrations.stream().map(List::copyOf).toList();
        }

        /** The version that this program writes. */
        public int version() {
            return oldest + migrations.size() - 1;
        }

        /** The version after one, which is 0 in an empty file. */
        private int after(int from) {
            return Math.max(from + 1, oldest);
        }

        /** How everything in a file of this version was made. */
        private List<String> objects() throws SQLException {
            try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
                    Statement statement = memory.createStatement()) {
                for (String sql : migrations.stream().flatMap(List::stream).toList()) {
                    statement.execute(sql);
                }
                return SqliteFile.objects(memory);
            }
        }
    }

    /** What is done with an open file. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Connection connection) throws SQLException, IOException;
    }

    /**
     * Reads; a file of an older version is brought to this one first.
     *
     * @throws NoSuchFileException when there is none
     * @throws DamagedFileException when it is refused
     */
    public <T> T read(Work<T> work) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return within(false, connection -> {
            requireReadable(connection);
            return work.with(connection);
        });
    }

    /**
     * Changes the file in one transaction; an absent or empty one is made. Its folder must be there.
     *
     * @throws DamagedFileException when it is refused
     */
    public <T> T change(Work<T> work) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        if (!Files.isWritable(folder) || Files.exists(file) && !Files.isWritable(file)) {
            throw unwritable("it, or its folder, is read-only");
        }
        return within(true, connection -> {
            requireReadable(connection);
            requireWhole(connection);
            return transaction(connection, work);
        });
    }

    /**
     * Changes a file that is there in one transaction, without looking through all of it first.
     *
     * @throws NoSuchFileException when there is none
     * @throws DamagedFileException when it is refused
     */
    public <T> T update(Work<T> work) throws IOException {
        return within(false, connection -> {
            requireReadable(connection);
            return transaction(connection, work);
        });
    }

    private static <T> T transaction(Connection connection, Work<T> work) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            T result = work.with(connection);
            statement.execute("COMMIT");
            return result;
        }
    }

    private void requireReadable(Connection connection) throws SQLException, IOException {
        List<String> objects;
        long application;
        long version;
        try (Statement moment = connection.createStatement()) {
            moment.execute("BEGIN");
            objects = objects(connection);
            application = number(connection, "PRAGMA application_id");
            version = number(connection, "PRAGMA user_version");
            moment.execute("COMMIT");
        }
        boolean empty = objects.isEmpty() && application == 0 && version == 0;
        if (!empty && application != format.application()) {
            throw refused("a database, but not of " + format.content());
        }
        if (version > format.version()) {
            throw new DamagedFileException(file + ": of version " + version
                    + ", written by a newer Gazecheck; this one knows " + format.version()
                    + ": use the newer one; it was left as it is");
        }
        if (version > 0 && version < format.oldest()) {
            throw new DamagedFileException(file + ": of version " + version + ", which only an older Gazecheck reads: "
                    + format.adviceOnOlder() + "; it was left as it is");
        }
        for (int from = (int) version; from < format.version(); from = format.after(from)) {
            migrate(connection, from);
        }
        if (!objects(connection).equals(format.objects())) {
            throw refused("not as this program makes it: another one has changed its tables");
        }
    }

    /** One step in one transaction; another process may have been faster. */
    private void migrate(Connection connection, int from) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            if (number(connection, "PRAGMA user_version") == from) {
                int to = format.after(from);
                for (String sql : format.migrations().get(to - format.oldest())) {
                    statement.execute(sql);
                }
                statement.execute("PRAGMA application_id = " + format.application());
                statement.execute("PRAGMA user_version = " + to);
            }
            statement.execute("COMMIT");
        }
    }

    private void requireWhole(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (!answer.next() || !"ok".equals(answer.getString(1))) {
                throw damaged("quick_check");
            }
        }
    }

    private static List<String> objects(Connection connection) throws SQLException {
        List<String> objects = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name LIMIT 1000")) {
            while (rows.next()) {
                objects.add(rows.getString(1));
            }
        }
        return objects;
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private <T> T within(boolean create, Work<T> work) throws IOException {
        for (String companion : COMPANIONS) {
            OwnFile.require(file.resolveSibling(file.getFileName() + companion));
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(!create && !Files.isWritable(file));
        if (!create) {
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        config.setBusyTimeout(BUSY_MILLISECONDS);
        String uri = "file:" + file.toAbsolutePath().toUri().getRawPath();
        try (Connection connection = config.createConnection("jdbc:sqlite:" + uri)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA trusted_schema = OFF");
                statement.execute("PRAGMA foreign_keys = ON");
                statement.execute("PRAGMA synchronous = EXTRA");
            }
            return work.with(connection);
        } catch (SQLiteException e) {
            throw explained(e);
        } catch (SQLException e) {
            throw new GazecheckException(file + ": " + e.getMessage(), e);
        }
    }

    private IOException explained(SQLiteException e) {
        SQLiteErrorCode code = e.getResultCode();
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
            case SQLITE_NOTADB, SQLITE_CORRUPT -> damaged(code.name());
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new GazecheckException(file + ": another process has locked it for too long; try again", e);
            case SQLITE_FULL -> unwritable("its disk is full");
            case SQLITE_READONLY -> unwritable("it is read-only, or was moved");
            case SQLITE_CANTOPEN ->
                Files.exists(file)
                        ? new GazecheckException(
                                file + " cannot be opened: is it a file that may be read and written?", e)
                        : new NoSuchFileException(file.toString());
            default -> new GazecheckException(file + ": " + code + ": " + e.getMessage(), e);
        };
    }

    private DamagedFileException damaged(String how) {
        return refused("damaged, or no database (" + how + ")");
    }

    private DamagedFileException refused(String what) {
        return new DamagedFileException(file + ": " + what + ": " + format.advice() + "; it was left as it is");
    }

    private IOException unwritable(String why) {
        return new GazecheckException(file + " cannot be written: " + why + ". It keeps the " + format.content()
                + ": let it be written, or copy its folder to where it can");
    }
}
