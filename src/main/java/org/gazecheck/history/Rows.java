package org.gazecheck.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.Signature.Decision;
import org.jspecify.annotations.Nullable;

/** Rows of {@code history.sqlite} to records and back, over an open connection. */
final class Rows {
    private final Connection connection;

    Rows(Connection connection) {
        this.connection = connection;
    }

    boolean has(String run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM runs WHERE id = ?")) {
            statement.setString(1, run);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    void add(RecordedRun run) throws SQLException {
        execute(
                "INSERT INTO runs (id, folder, name, model, data, machine, started, ended, outcome, exit_code)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                run.id(),
                run.folder().orElse(null),
                run.name(),
                run.model().orElse(null),
                run.data().orElse(null),
                run.machine(),
                run.started().toString(),
                run.ended().toString(),
                run.outcome().text(),
                run.exitCode());
        list(
                "INSERT INTO versions (run, place, name, version) VALUES (?, ?, ?, ?)",
                run,
                List.copyOf(run.versions().entrySet()),
                v -> new Object[] {v.getKey(), v.getValue()});
        list(
                "INSERT INTO stages (run, place, stage, seconds) VALUES (?, ?, ?, ?)",
                run,
                List.copyOf(run.seconds().entrySet()),
                s -> new Object[] {s.getKey(), s.getValue()});
        list(
                "INSERT INTO metrics (run, place, id, class, value, low, high, n)" + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                run,
                run.metrics(),
                m -> {
                    Figure f = m.figure();
                    return new Object[] {
                        m.id().text(), m.id().ofClass().orElse(null), f.value(), f.low(), f.high(), f.n()
                    };
                });
        list(
                "INSERT INTO findings (run, place, kind, subject, severity, text, effect, q, n)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                run,
                run.findings(),
                f -> new Object[] {
                    f.kind(), f.subject(), f.severity().text(), f.text(), f.effect(), f.q().orElse(Double.NaN), f.n()
                });
        list(
                "INSERT INTO gates (run, place, rule, level, outcome, sentence) VALUES (?, ?, ?, ?, ?, ?)",
                run,
                run.gates(),
                g -> new Object[] {g.rule(), g.level().text(), g.outcome().text(), g.sentence()});
    }

    /** Cells of a row after those of its run and its place. */
    private interface Cells<T> {
        Object[] of(T item);
    }

    private <T> void list(String sql, RecordedRun run, List<T> items, Cells<T> cells) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int place = 0; place < items.size(); place++) {
                statement.setString(1, run.id());
                statement.setInt(2, place);
                Object[] rest = cells.of(items.get(place));
                for (int i = 0; i < rest.length; i++) {
                    set(statement, 3 + i, rest[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** How many rows it changed. */
    int execute(String sql, @Nullable Object... cells) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < cells.length; i++) {
                set(statement, 1 + i, cells[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, int place, @Nullable Object cell) throws SQLException {
        if (cell == null || cell instanceof Double number && number.isNaN()) {
            statement.setNull(place, Types.NULL);
        } else {
            statement.setObject(place, cell);
        }
    }

    /** One row to an item. */
    private interface Item<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> Map<String, List<T>> byRun(String sql, Item<T> item) throws SQLException {
        Map<String, List<T>> items = new LinkedHashMap<>();
        for (Map.Entry<String, T> row : all(sql, row -> Map.entry(row.getString("run"), item.of(row)))) {
            items.computeIfAbsent(row.getKey(), run -> new ArrayList<>()).add(row.getValue());
        }
        return items;
    }

    private <T> List<T> all(String sql, Item<T> item) throws SQLException {
        List<T> items = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                items.add(item.of(row));
            }
        }
        return items;
    }

    /** All runs, in no order. @param ofClasses whether with the figures of single classes */
    List<RecordedRun> runs(boolean ofClasses) throws SQLException {
        Map<String, List<Map.Entry<String, String>>> versions = byRun(
                "SELECT * FROM versions ORDER BY run, place",
                row -> Map.entry(row.getString("name"), row.getString("version")));
        Map<String, List<Map.Entry<String, Double>>> stages = byRun(
                "SELECT * FROM stages ORDER BY run, place",
                row -> Map.entry(row.getString("stage"), row.getDouble("seconds")));
        Map<String, List<RecordedMetric>> metrics = byRun(
                "SELECT * FROM metrics" + (ofClasses ? "" : " WHERE class IS NULL") + " ORDER BY run, place",
                Rows::metric);
        Map<String, List<RecordedFinding>> findings =
                byRun("SELECT * FROM findings ORDER BY run, place", Rows::finding);
        Map<String, List<RecordedGate>> gates = byRun(
                "SELECT * FROM gates ORDER BY run, place",
                row -> new RecordedGate(
                        row.getString("rule"),
                        GateLevel.of(row.getString("level")),
                        GateOutcome.of(row.getString("outcome")),
                        row.getString("sentence")));
        return all("SELECT * FROM runs", row -> {
            String id = row.getString("id");
            return new RecordedRun(
                    id,
                    Optional.ofNullable(row.getString("folder")),
                    row.getString("name"),
                    Optional.ofNullable(row.getString("model")),
                    Optional.ofNullable(row.getString("data")),
                    inOrder(versions.getOrDefault(id, List.of())),
                    row.getString("machine"),
                    Instant.parse(row.getString("started")),
                    Instant.parse(row.getString("ended")),
                    inOrder(stages.getOrDefault(id, List.of())),
                    Outcome.of(row.getString("outcome")),
                    row.getInt("exit_code"),
                    metrics.getOrDefault(id, List.of()),
                    findings.getOrDefault(id, List.of()),
                    gates.getOrDefault(id, List.of()));
        });
    }

    private static RecordedMetric metric(ResultSet row) throws SQLException {
        MetricId id = MetricId.parse(row.getString("id"));
        String ofClass = row.getString("class");
        return new RecordedMetric(
                ofClass == null ? id : id.ofClass(ofClass),
                new Figure(real(row, "value"), real(row, "low"), real(row, "high"), row.getInt("n")));
    }

    private static RecordedFinding finding(ResultSet row) throws SQLException {
        double q = real(row, "q");
        return new RecordedFinding(
                row.getString("kind"),
                row.getString("subject"),
                Finding.Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT)),
                row.getString("text"),
                real(row, "effect"),
                Double.isNaN(q) ? OptionalDouble.empty() : OptionalDouble.of(q),
                row.getInt("n"));
    }

    private static <T> Map<String, T> inOrder(List<Map.Entry<String, T>> entries) {
        Map<String, T> map = new LinkedHashMap<>();
        entries.forEach(e -> map.put(e.getKey(), e.getValue()));
        return map;
    }

    private static double real(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    Optional<String> baseline() throws SQLException {
        return all("SELECT run FROM baseline", row -> row.getString("run")).stream()
                .findFirst();
    }

    List<Acknowledgement> acknowledgements() throws SQLException {
        return all(
                "SELECT * FROM acknowledgements ORDER BY place",
                row -> new Acknowledgement(
                        row.getString("of"),
                        LocalDate.parse(row.getString("until")),
                        row.getString("reason"),
                        row.getString("who"),
                        Instant.parse(row.getString("at"))));
    }

    void sign(RecordedSignOff signOff) throws SQLException {
        execute(
                "INSERT OR REPLACE INTO signatures (run, decision, reviewer, time, comment) VALUES (?, ?, ?, ?, ?)",
                signOff.run(),
                signOff.decision().text(),
                signOff.reviewer(),
                signOff.time().toString(),
                signOff.comment());
    }

    /** By the id of the run. */
    Map<String, RecordedSignOff> signOffs() throws SQLException {
        Map<String, RecordedSignOff> signOffs = new LinkedHashMap<>();
        all(
                        "SELECT * FROM signatures",
                        row -> new RecordedSignOff(
                                row.getString("run"),
                                Decision.of(row.getString("decision")),
                                row.getString("reviewer"),
                                Instant.parse(row.getString("time")),
                                row.getString("comment")))
                .forEach(signOff -> signOffs.put(signOff.run(), signOff));
        return signOffs;
    }

    void addSeen(String run, Collection<SeenFile> files) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT OR IGNORE INTO seen (sha256, path, run) VALUES (?, ?, ?)")) {
            for (SeenFile file : files) {
                statement.setString(1, file.sha256());
                statement.setString(2, file.path());
                statement.setString(3, run);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    Set<SeenFile> seen() throws SQLException {
        return Set.copyOf(all(
                "SELECT sha256, path FROM seen", row -> new SeenFile(row.getString("sha256"), row.getString("path"))));
    }
}
