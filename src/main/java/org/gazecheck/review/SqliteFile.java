package org.gazecheck.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.gazecheck.results.VerdictsException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** A file of SQLite that is opened for each piece of work; what goes wrong is told for the person at the keyboard. */
final class SqliteFile {
    private static final int BUSY_MILLISECONDS = 10_000;
    private static final long LARGEST = 64L << 20;

    private final Path file;

    SqliteFile(Path file) {
        this.file = file;
    }

    /** What is meant to be done with it. */
    enum Access {
        READ,
        CHANGE,
        /** As CHANGE, and made where it is not there. */
        CREATE
    }

    /** What is done while it is open. */
    interface Work<T> {
        T with(Connection connection) throws SQLException, IOException;
    }

    /** May change it where the file system allows that, which SQLite needs to clear up after a writer that died. */
    Access reading() {
        return Files.isWritable(file) ? Access.CHANGE : Access.READ;
    }

    /** @throws VerdictsException if it is damaged or no database; it is left as it is */
    <T> T within(Access access, Work<T> work) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
            throw new VerdictsException(
                    List.of(file + ": " + Files.size(file) + " bytes, and verdicts take at most " + LARGEST));
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(access == Access.READ);
        if (access != Access.CREATE) {
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        config.setBusyTimeout(BUSY_MILLISECONDS);
        String uri = "file:" + file.toAbsolutePath().toUri().getRawPath();
        try (Connection connection = config.createConnection("jdbc:sqlite:" + uri)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA trusted_schema = OFF");
                statement.execute("PRAGMA synchronous = EXTRA");
            }
            return work.with(connection);
        } catch (SQLiteException e) {
            throw explained(e);
        } catch (SQLException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private IOException explained(SQLiteException e) {
        SQLiteErrorCode code = e.getResultCode();
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
            case SQLITE_NOTADB, SQLITE_CORRUPT -> damaged(code.name());
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new IOException(file + ": another process has kept it locked for too long; try again", e);
            case SQLITE_FULL -> unwritable("its disk is full");
            case SQLITE_READONLY -> unwritable("it is read-only, or was moved");
            case SQLITE_CANTOPEN ->
                Files.exists(file)
                        ? new IOException(file + " cannot be opened: is it a file that may be read and written?", e)
                        : new NoSuchFileException(file.toString());
            default -> new IOException(file + ": " + code + ": " + e.getMessage(), e);
        };
    }

    VerdictsException damaged(String how) {
        return new VerdictsException(List.of(file + ": damaged, or no database (" + how
                + "): bring a copy back, or move it aside; it was left as it is"));
    }

    IOException unwritable(String why) {
        return new IOException(file + " cannot be written: " + why
                + ". Verdicts are kept in this file: let it be written, or copy the run folder to where it can");
    }
}
