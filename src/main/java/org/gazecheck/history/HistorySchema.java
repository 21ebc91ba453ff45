package org.gazecheck.history;

import java.util.List;
import org.gazecheck.io.SqliteFile;

/**
 * The tables of {@code history.sqlite}, version by version. A step that was released is never changed. Version 1 had other
 * ids of metrics, by which no figure of today could be found again; version 2 knew no sign-off, so that a rejected run could
 * be the baseline.
 */
final class HistorySchema {
    /** "GzHi". */
    private static final int APPLICATION = 0x477a4869;

    private static final List<String> RUNS = List.of(
            "CREATE TABLE runs (id TEXT PRIMARY KEY, folder TEXT, name TEXT NOT NULL, model TEXT, data TEXT,"
                    + " machine TEXT NOT NULL, started TEXT NOT NULL, ended TEXT NOT NULL, outcome TEXT NOT NULL,"
                    + " exit_code INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE TABLE versions (run TEXT NOT NULL REFERENCES runs (id), place INTEGER NOT NULL,"
                    + " name TEXT NOT NULL, version TEXT NOT NULL, PRIMARY KEY (run, place)) WITHOUT ROWID",
            "CREATE TABLE stages (run TEXT NOT NULL REFERENCES runs (id), place INTEGER NOT NULL,"
                    + " stage TEXT NOT NULL, seconds REAL NOT NULL, PRIMARY KEY (run, place)) WITHOUT ROWID",
            "CREATE TABLE metrics (run TEXT NOT NULL REFERENCES runs (id), place INTEGER NOT NULL,"
                    + " id TEXT NOT NULL, class TEXT, value REAL, low REAL, high REAL,"
                    + " n INTEGER NOT NULL, PRIMARY KEY (run, place)) WITHOUT ROWID",
            "CREATE TABLE findings (run TEXT NOT NULL REFERENCES runs (id), place INTEGER NOT NULL,"
                    + " kind TEXT NOT NULL, subject TEXT NOT NULL, severity TEXT NOT NULL, text TEXT NOT NULL,"
                    + " effect REAL, q REAL, n INTEGER NOT NULL, PRIMARY KEY (run, place)) WITHOUT ROWID",
            "CREATE TABLE gates (run TEXT NOT NULL REFERENCES runs (id), place INTEGER NOT NULL,"
                    + " rule TEXT NOT NULL, level TEXT NOT NULL, outcome TEXT NOT NULL, sentence TEXT NOT NULL,"
                    + " PRIMARY KEY (run, place)) WITHOUT ROWID",
            "CREATE TABLE acknowledgements (place INTEGER PRIMARY KEY, of TEXT NOT NULL, until TEXT NOT NULL,"
                    + " reason TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL)",
            "CREATE TABLE seen (sha256 TEXT NOT NULL, path TEXT NOT NULL, run TEXT NOT NULL REFERENCES runs (id),"
                    + " PRIMARY KEY (sha256, path)) WITHOUT ROWID",
            "CREATE TABLE signatures (run TEXT PRIMARY KEY REFERENCES runs (id), decision TEXT NOT NULL,"
                    + " reviewer TEXT NOT NULL, time TEXT NOT NULL, comment TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE baseline (one INTEGER PRIMARY KEY CHECK (one = 1),"
                    + " run TEXT NOT NULL REFERENCES runs (id), since TEXT NOT NULL)");

    static final SqliteFile.Format FORMAT = new SqliteFile.Format(
            APPLICATION,
            "history of runs",
            "bring a copy back (nights keep one, history-backup.sqlite), or move it aside and add the runs again"
                    + " (gazecheck history add RUN)",
            3,
            "move it aside, add the runs again (gazecheck history add RUN), and acknowledge again what stands in its"
                    + " table acknowledgements (gazecheck ack)",
            List.of(RUNS));

    private HistorySchema() {}
}
