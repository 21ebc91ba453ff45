package org.gazecheck.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gazecheck.io.DamagedFileException;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Printable;
import org.gazecheck.io.SqliteFile;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictJson;
import org.gazecheck.results.VerdictsException;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.results.Withdrawal;

/**
 * {@code verdicts.sqlite}: what reviewers said to a server, one row for each reviewer and subject, the latest. A
 * withdrawal stays as a row, so that a verdict which arrives late does not undo it.
 *
 * <p>Every call opens the file anew: what was moved or removed meanwhile is noticed, and several processes may write. A
 * call returns when the disk has it (rollback journal, {@code synchronous=EXTRA}). Nothing else of this program may open
 * the file: closing it would end SQLite's locks.
 */
public final class VerdictsDatabase {
    /** "GzCk": whose file it is. */
    private static final int APPLICATION = 0x477a436b;

    private static final long LARGEST = 64L << 20;

    private static final String SCHEMA = "CREATE TABLE verdict (reviewer TEXT NOT NULL, subject TEXT NOT NULL,"
            + " second INTEGER NOT NULL, nano INTEGER NOT NULL, withdrawn INTEGER NOT NULL, sha256 TEXT NOT NULL,"
            + " path TEXT NOT NULL, split TEXT NOT NULL, label TEXT NOT NULL, predicted TEXT NOT NULL,"
            + " verdict TEXT NOT NULL, corrected TEXT NOT NULL, comment TEXT NOT NULL, run TEXT NOT NULL,"
            + " PRIMARY KEY (reviewer, subject)) WITHOUT ROWID";

    private static final String ADJUDICATIONS = "ALTER TABLE verdict ADD COLUMN adjudicates TEXT NOT NULL DEFAULT ''";

    private static final SqliteFile.Format FORMAT = new SqliteFile.Format(
            APPLICATION,
            "verdicts",
            "bring a copy back, or move it aside",
            1,
            "",
            List.of(List.of(SCHEMA), List.of(ADJUDICATIONS)));

    /** What a verdict has beside its reviewer and its time, each a column of its name. */
    private static final List<String> PARTS = VerdictsFile.parts().stream()
            .filter(part -> !part.equals("reviewer") && !part.equals("time"))
            .toList();

    private static final String INSERT = "INSERT INTO verdict (reviewer, subject, second, nano, withdrawn, "
            + String.join(", ", PARTS) + ") VALUES (?, ?, ?, ?, %s"
            + ", ?".repeat(PARTS.size()) + ") ON CONFLICT (reviewer, subject)"
            + " DO UPDATE SET second = excluded.second, nano = excluded.nano, withdrawn = excluded.withdrawn";

    /** Of two at the same time the later to arrive counts, but a withdrawal does not fall. */
    private static final String PUT = String.format(INSERT, 0)
            + PARTS.stream().map(part -> ", " + part + " = excluded." + part).collect(Collectors.joining())
            + " WHERE (excluded.second, excluded.nano) > (second, nano)"
            + " OR (excluded.second, excluded.nano) = (second, nano) AND withdrawn = 0";

    private static final String WITHDRAW =
            String.format(INSERT, 1) + " WHERE (excluded.second, excluded.nano) >= (second, nano)";

    private static final String ALL = "SELECT reviewer, subject, second, nano, withdrawn, " + String.join(", ", PARTS)
            + " FROM verdict ORDER BY reviewer, subject";

    private final Path file;
    private final SqliteFile sqlite;

    private VerdictsDatabase(Path file) {
        this.file = file;
        sqlite = new SqliteFile(file, FORMAT);
    }

    /** @param verdicts that hold; so do the withdrawals; both by reviewer and subject */
    public record Contents(List<Verdict> verdicts, List<Withdrawal> withdrawals) {
        public Contents {
            verdicts = List.copyOf(verdicts);
            withdrawals = List.copyOf(withdrawals);
        }

        /** Of what was said, whatever the bytes of the file are. */
        public String hash() throws IOException {
            return Hashes.sha256(Hashes.sha256(VerdictJson.of(verdicts)) + withdrawals);
        }
    }

    /** Whether a file is one of these, by its name. */
    static boolean named(Path file) {
        return file.toString().endsWith(".sqlite");
    }

    /**
     * The database of a run folder; made where it is not there.
     *
     * @throws VerdictsException if what lies there is damaged or something else; it is left as it is
     */
    public static VerdictsDatabase create(Path file) throws IOException {
        VerdictsDatabase database = new VerdictsDatabase(file);
        database.within(() -> database.sqlite.change(connection -> true));
        database.contents();
        return database;
    }

    /** What a file holds; it is not changed. */
    public static Contents read(Path file) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) == 0) {
            throw new VerdictsException(List.of(file + ": empty, not a database of verdicts"));
        }
        return new VerdictsDatabase(file).contents();
    }

    /**
     * Takes a verdict down, in place of an earlier one of the same reviewer on the same. The same once more changes
     * nothing.
     *
     * @return false where a later verdict or withdrawal stands, which stays
     */
    public boolean put(Verdict verdict) throws IOException {
        List<String> cells = VerdictsFile.cells(verdict);
        List<String> parts = PARTS.stream()
                .map(part -> cells.get(VerdictsFile.parts().indexOf(part)))
                .toList();
        return update(PUT, verdict.reviewer(), verdict.subject(), verdict.time(), parts);
    }

    /**
     * Takes down that a verdict does not count any more.
     *
     * @return false where a later verdict or withdrawal stands, which stays
     */
    public boolean withdraw(Withdrawal withdrawal) throws IOException {
        List<String> none = PARTS.stream().map(part -> "").toList();
        return update(WITHDRAW, withdrawal.reviewer(), withdrawal.subject(), withdrawal.time(), none);
    }

    public Contents contents() throws IOException {
        return within(() -> sqlite.read(this::contents));
    }

    private interface Work<T> {
        T done() throws IOException;
    }

    private <T> T within(Work<T> work) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
            throw new VerdictsException(
                    List.of(file + ": " + Files.size(file) + " bytes, and verdicts may take at most " + LARGEST));
        }
        try {
            return work.done();
        } catch (DamagedFileException e) {
            throw new VerdictsException(List.of(e.getMessage()));
        }
    }

    /** One at a time in this process; others wait at the file's lock. */
    private synchronized boolean update(String sql, String reviewer, String subject, Instant time, List<String> parts)
            throws IOException {
        return within(() -> sqlite.update(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, reviewer);
                statement.setString(2, subject);
                statement.setLong(3, time.getEpochSecond());
                statement.setInt(4, time.getNano());
                for (int i = 0; i < parts.size(); i++) {
                    statement.setString(5 + i, parts.get(i));
                }
                return statement.executeUpdate() == 1;
            }
        }));
    }

    private Contents contents(Connection connection) throws SQLException, VerdictsException {
        List<Verdict> verdicts = new ArrayList<>();
        List<Withdrawal> withdrawals = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        Instant now = Instant.now();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ALL)) {
            while (row.next()) {
                try {
                    Instant time = Instant.ofEpochSecond(row.getLong("second"), row.getInt("nano"));
                    if (row.getInt("withdrawn") == 0) {
                        verdicts.add(VerdictsFile.of(parts(row, time), now));
                    } else {
                        withdrawals.add(new Withdrawal(row.getString("reviewer"), row.getString("subject"), time));
                    }
                } catch (IllegalArgumentException | DateTimeException e) {
                    mistakes.add(file + ": " + Printable.of(row.getString("reviewer")) + " on "
                            + Printable.of(row.getString("subject")) + ": "
                            + Printable.of(String.valueOf(e.getMessage())));
                }
            }
        }
        if (!mistakes.isEmpty()) {
            throw new VerdictsException(mistakes);
        }
        return new Contents(verdicts, withdrawals);
    }

    private static List<String> parts(ResultSet row, Instant time) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (String part : VerdictsFile.parts()) {
            parts.add(part.equals("time") ? time.toString() : row.getString(part));
        }
        return parts;
    }
}
