package org.gazecheck.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.DamagedFileException;
import org.gazecheck.io.Printable;
import org.gazecheck.io.SqliteFile;
import org.gazecheck.results.Acknowledgement;

/**
 * {@code history.sqlite} of a folder of runs. Every change is one transaction; several processes may write. A damaged
 * file, or one of another program, is refused ({@link DamagedFileException}) and left as it is.
 */
public final class HistoryFile {
    public static final String NAME = "history.sqlite";

    /** A copy beside it. */
    public static final String BACKUP = "history-backup.sqlite";

    private final Path file;
    private final SqliteFile database;

    private HistoryFile(Path file) {
        this.file = file;
        this.database = new SqliteFile(file, HistorySchema.FORMAT);
    }

    /** Of a folder of runs; made by the first change. */
    public static HistoryFile of(Path reports) {
        return new HistoryFile(reports.resolve(NAME));
    }

    /**
     * Adds a run with all that belongs to it.
     *
     * @return false where a run of this id is there already: nothing is changed then
     */
    public boolean add(RecordedRun run) throws IOException {
        return add(run, List.of());
    }

    /**
     * Adds a night with all that belongs to it, together with what it has looked at.
     *
     * @param seen files that are not new from now on
     * @return false where a run of this id is there already: nothing is changed then
     */
    public boolean add(RecordedRun run, Collection<SeenFile> seen) throws IOException {
        return database.change(connection -> {
            Rows rows = new Rows(connection);
            if (rows.has(run.id())) {
                return false;
            }
            rows.add(run);
            rows.addSeen(run.id(), seen);
            return true;
        });
    }

    /** Writes a whole copy beside it, in place of an earlier one. */
    public void backUp() throws IOException {
        AtomicFile.writePath(
                file.resolveSibling(BACKUP),
                copy -> database.read(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
                        statement.setString(1, copy.toString());
                        return statement.execute();
                    }
                }));
    }

    /** What earlier nights have looked at; nothing where there is no history yet. */
    public Set<SeenFile> seen() throws IOException {
        try {
            return database.read(connection -> new Rows(connection).seen());
        } catch (NoSuchFileException e) {
            return Set.of();
        }
    }

    /** As {@link #overview}, or nothing where there is no history yet. */
    public History overviewOrNone() throws IOException {
        return Files.exists(file) ? overview() : History.EMPTY;
    }

    /**
     * Everything.
     *
     * @throws IOException also when there is no history yet; the message says how to begin one
     */
    public History read() throws IOException {
        return read(true);
    }

    /** As {@link #read}, without the figures of single classes, which are most of it. */
    public History overview() throws IOException {
        return read(false);
    }

    private History read(boolean ofClasses) throws IOException {
        try {
            return database.read(connection -> history(connection, ofClasses));
        } catch (NoSuchFileException e) {
            throw new GazecheckException(
                    "no history in " + file.toAbsolutePath().getParent() + " yet: gazecheck history add RUN creates it",
                    e);
        }
    }

    private History history(Connection connection, boolean ofClasses) throws SQLException, IOException {
        try {
            Rows rows = new Rows(connection);
            return new History(rows.runs(ofClasses), rows.baseline(), rows.acknowledgements(), rows.signOffs());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DamagedFileException(
                    file + ": a row is not in this program's format (" + Printable.of(String.valueOf(e.getMessage()))
                            + "): bring a copy back (nights keep one, " + BACKUP
                            + "), or move it aside and add the runs again (gazecheck history add RUN)",
                    e);
        }
    }

    /**
     * Sets the run that later ones are compared with, in place of an earlier one.
     *
     * @throws IllegalArgumentException if no run has this id
     */
    public void setBaseline(String run) throws IOException {
        database.change(connection -> {
            Rows rows = new Rows(connection);
            if (!rows.has(run)) {
                throw new IllegalArgumentException("no run " + run + " in " + file);
            }
            return rows.execute("INSERT OR REPLACE INTO baseline (one, run, since) VALUES (1, ?, ?)", run, now());
        });
    }

    /** Keeps what people decided about runs, in place of what they decided before; what is known is not written again. */
    public void signOff(Collection<RecordedSignOff> signOffs) throws IOException {
        if (signOffs.isEmpty()) {
            return;
        }
        database.change(connection -> {
            Rows rows = new Rows(connection);
            for (RecordedSignOff signOff : signOffs) {
                rows.sign(signOff);
            }
            return signOffs.size();
        });
    }

    /** From now on the last run whose gates passed is the baseline. */
    public void clearBaseline() throws IOException {
        database.change(connection -> new Rows(connection).execute("DELETE FROM baseline"));
    }

    public void acknowledge(Acknowledgement acknowledgement) throws IOException {
        database.change(connection -> new Rows(connection)
                .execute(
                        "INSERT INTO acknowledgements (of, until, reason, who, at) VALUES (?, ?, ?, ?, ?)",
                        acknowledgement.of(),
                        acknowledgement.until().toString(),
                        acknowledgement.reason(),
                        acknowledgement.who(),
                        acknowledgement.at().toString()));
    }

    /** Ends every acknowledgement of a failure. */
    public void withdraw(String failure) throws IOException {
        database.change(
                connection -> new Rows(connection).execute("DELETE FROM acknowledgements WHERE of = ?", failure));
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
