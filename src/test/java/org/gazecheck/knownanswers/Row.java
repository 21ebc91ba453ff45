package org.gazecheck.knownanswers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.gazecheck.stats.Interval;

/**
 * What came of one class of one set, and of one tie where it has any.
 *
 * @param set its name
 * @param property as {@link Property#text} says; empty for a class without a tie
 * @param share of the tie
 * @param circumstances base, test and masks, in words
 * @param separable whether the set can tell at all: see {@link Entry#separable}
 * @param effect the true effect, -1..1; NaN without a tie
 * @param interval of the effect
 * @param pairs behind it
 * @param candidate how far the property came as a candidate; empty where it was not proposed
 * @param verdicts on the class
 * @param seconds that the set took, in all
 * @param audit what identifies the audit's code and what the set is made of
 */
record Row(
        String set,
        String label,
        String property,
        double share,
        String circumstances,
        boolean separable,
        double effect,
        Interval interval,
        int pairs,
        String candidate,
        List<Verdict> verdicts,
        double seconds,
        String audit) {
    private static final String HEADER =
            "set,class,property,share,circumstances,separable,effect,low,high,pairs,candidate,verdicts,seconds,audit";
    private static final int CELLS = HEADER.split(",").length;

    /** A graded finding on a shortcut. */
    record Verdict(boolean proven, String reason) {
        String text() {
            return (proven ? "proven:" : "suspected:") + reason;
        }

        static Verdict of(String text) {
            String[] parts = text.split(":", 2);
            return new Verdict(parts[0].equals("proven"), parts[1]);
        }
    }

    Row {
        verdicts = List.copyOf(verdicts);
    }

    boolean tied() {
        return !property.isEmpty();
    }

    Artefact artefact() {
        return Property.of(property, 0).artefact();
    }

    boolean ofNullSet() {
        return set.startsWith(Matrix.NULL);
    }

    private String line() {
        String said = verdicts.stream().map(Verdict::text).collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%.2f,%s,%b,%.4f,%.4f,%.4f,%d,%s,%s,%.0f,%s\n",
                set,
                label,
                property,
                share,
                circumstances,
                separable,
                effect,
                interval.low(),
                interval.high(),
                pairs,
                candidate,
                said,
                seconds,
                audit);
    }

    private static Row of(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != CELLS) {
            throw new IllegalArgumentException("expected " + CELLS + " cells: " + line);
        }
        List<Verdict> verdicts = Arrays.stream(cells[11].split(" "))
                .filter(text -> !text.isEmpty())
                .map(Verdict::of)
                .toList();
        return new Row(
                cells[0],
                cells[1],
                cells[2],
                Double.parseDouble(cells[3]),
                cells[4],
                Boolean.parseBoolean(cells[5]),
                Double.parseDouble(cells[6]),
                new Interval(Double.parseDouble(cells[7]), Double.parseDouble(cells[8])),
                Integer.parseInt(cells[9]),
                cells[10],
                verdicts,
                Double.parseDouble(cells[12]),
                cells[13]);
    }

    /** Adds rows to a table, which is made if need be. */
    static void append(Path table, List<Row> rows) throws IOException {
        String text = (Files.exists(table) ? "" : HEADER + "\n")
                + rows.stream().map(Row::line).collect(Collectors.joining());
        Files.writeString(table, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Of each set the rows that were added last; none where there is no table. */
    static List<Row> read(Path table) throws IOException {
        if (!Files.exists(table)) {
            return List.of();
        }
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(table)) {
            if (!line.equals(HEADER)) {
                Row row = of(line);
                rows.put(row.set() + "/" + row.label() + "/" + row.property(), row);
            }
        }
        return new ArrayList<>(rows.values());
    }
}
