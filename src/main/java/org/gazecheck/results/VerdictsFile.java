package org.gazecheck.results;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.io.Printable;

/**
 * Verdicts as the report's page exports them and {@code gazecheck review merge} writes them. A verdict on a finding has
 * no sha256, and {@code finding:} with the finding's id as its path. People edit these files: all mistakes are told.
 */
public final class VerdictsFile {
    static final int LONGEST_FILE = 32 << 20;
    static final int LONGEST_CELL = 10_000;
    private static final int MISTAKES = 1000;

    /** Clocks of reviewers may be wrong, but not by more. */
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    static final String ADJUDICATES = "adjudicates";
    private static final String YES = "yes";

    private static final Csv<Verdict> CSV = new Csv<>(
            List.of(
                    "sha256",
                    "path",
                    "split",
                    "label",
                    "predicted",
                    "verdict",
                    "corrected",
                    "comment",
                    "reviewer",
                    "time",
                    "run",
                    ADJUDICATES),
            VerdictsFile::verdict,
            VerdictsFile::cells);

    private VerdictsFile() {}

    /**
     * The verdicts of a file, in its order.
     *
     * @throws VerdictsException with every mistake, its file and its line
     */
    public static List<Verdict> read(Path file) throws IOException {
        return read(file, Instant.now());
    }

    /** @param now what lies a day after it is told as a mistake */
    static List<Verdict> read(Path file, Instant now) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new VerdictsException(List.of(file + ": not a file of verdicts"));
        }
        if (Files.size(file) > LONGEST_FILE) {
            throw new VerdictsException(List.of(
                    file + ": " + Files.size(file) + " bytes, and a file of verdicts has at most " + LONGEST_FILE));
        }
        List<String> mistakes = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read(new CsvLines(text), now, verdicts, mistakes);
        } catch (CharacterCodingException e) {
            mistakes.add("not text in UTF-8: export it again, or save it as CSV in UTF-8");
        }
        if (!mistakes.isEmpty()) {
            throw new VerdictsException(
                    mistakes.stream().map(mistake -> file + ": " + mistake).toList());
        }
        return verdicts;
    }

    private static void read(CsvLines lines, Instant now, List<Verdict> verdicts, List<String> mistakes)
            throws IOException {
        long line = 1;
        try {
            int columns = columns(lines.read());
            while (mistakes.size() < MISTAKES) {
                line = lines.line();
                Optional<List<String>> cells = lines.read();
                if (cells.isEmpty()) {
                    return;
                }
                if (cells.get().size() > 1 || !cells.get().get(0).isBlank()) {
                    try {
                        verdicts.add(verdict(cells.get(), columns, now));
                    } catch (IllegalArgumentException e) {
                        mistakes.add("line " + line + ": " + Printable.of(String.valueOf(e.getMessage())));
                    }
                }
            }
            mistakes.add("line " + line + ": the rest was not read");
        } catch (IllegalArgumentException e) {
            mistakes.add("line " + line + ": " + Printable.of(String.valueOf(e.getMessage())));
        }
    }

    /** How many there are: files of before there were adjudications lack the last. */
    private static int columns(Optional<List<String>> found) {
        List<String> header = new ArrayList<>(found.orElse(List.of()));
        if (!header.isEmpty()) {
            header.set(0, header.get(0).replaceFirst("^\ufeff", ""));
        }
        int last = CSV.header().size() - 1;
        if (!header.equals(CSV.header()) && !header.equals(CSV.header().subList(0, last))) {
            throw new IllegalArgumentException("expected the header " + String.join(",", CSV.header()) + ", found "
                    + (found.isEmpty() ? "an empty file" : "'" + Printable.of(String.join(",", header)) + "'"));
        }
        return header.size();
    }

    private static Verdict verdict(List<String> cells, int columns, Instant now) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(cells.size() + " columns, expected " + columns);
        }
        Stream<String> older = Collections.nCopies(CSV.header().size() - columns, "").stream();
        return of(Stream.concat(cells.stream().map(CsvText::read), older).toList(), now);
    }

    /** The names of a verdict's parts, in the order of the columns. */
    public static List<String> parts() {
        return CSV.header();
    }

    /**
     * A verdict of its parts, checked as a line of a file is.
     *
     * @param parts as {@link #parts()} names them
     * @param now what lies a day after it is a mistake
     * @throws IllegalArgumentException that says which part is wrong
     */
    public static Verdict of(List<String> parts, Instant now) {
        if (parts.size() != CSV.header().size()) {
            throw new IllegalArgumentException(
                    parts.size() + " columns, expected " + CSV.header().size());
        }
        for (int c = 0; c < parts.size(); c++) {
            if (parts.get(c).length() > LONGEST_CELL) {
                throw new IllegalArgumentException(
                        CSV.header().get(c) + " has more than " + LONGEST_CELL + " characters");
            }
        }
        Verdict verdict = CSV.parse().of(parts.toArray(String[]::new));
        requirePast(verdict.time(), now);
        return verdict;
    }

    private static void requirePast(Instant time, Instant now) {
        if (time.isBefore(FIRST)) {
            throw new IllegalArgumentException("time is " + time + ", before there were verdicts: correct the clock");
        }
        if (time.isAfter(now.plus(CLOCKS_DIFFER))) {
            throw new IllegalArgumentException("time is " + time
                    + ", which is yet to come: correct the clock, or the latest verdict cannot be determined");
        }
    }

    /** A time as files have it, which must not lie a day after now. */
    static Instant past(String cell, Instant now) {
        Instant time = time(cell);
        requirePast(time, now);
        return time;
    }

    private static Verdict verdict(String[] c) {
        if (!c[0].isEmpty()) {
            return new ImageVerdict(
                    c[0],
                    c[1],
                    Cells.split(c[2]),
                    c[3],
                    c[4],
                    ImageVerdict.Judgement.of(c[5]),
                    ClassName.of(c[6]),
                    c[7],
                    c[8],
                    time(c[9]),
                    c[10],
                    adjudicates(c[11]));
        }
        if (!c[1].startsWith(FindingVerdict.PREFIX)) {
            throw new IllegalArgumentException("sha256 is empty, and path is '" + c[1]
                    + "': expected the image's hash, or " + FindingVerdict.PREFIX + "ID as the path");
        }
        return new FindingVerdict(
                c[1].substring(FindingVerdict.PREFIX.length()),
                FindingVerdict.Ruling.of(c[5]),
                c[7],
                c[8],
                time(c[9]),
                c[10],
                adjudicates(c[11]));
    }

    private static boolean adjudicates(String cell) {
        if (!cell.isEmpty() && !cell.equals(YES)) {
            throw new IllegalArgumentException("adjudicates is '" + cell + "', expected " + YES + " or nothing");
        }
        return !cell.isEmpty();
    }

    private static Instant time(String cell) {
        try {
            return Instant.parse(cell);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "time is '" + cell + "', expected such as 2026-11-25T19:00:00Z (ISO 8601, UTC)", e);
        }
    }

    /** The parts of a verdict, as {@link #parts()} names them. */
    public static List<String> cells(Verdict verdict) {
        if (verdict instanceof ImageVerdict v) {
            return List.of(
                    v.sha256(),
                    v.path(),
                    v.split().text(),
                    v.label(),
                    v.predicted(),
                    v.word(),
                    v.corrected(),
                    v.comment(),
                    v.reviewer(),
                    v.time().toString(),
                    v.run(),
                    v.adjudicates() ? YES : "");
        }
        return List.of(
                "",
                verdict.path(),
                "",
                "",
                "",
                verdict.word(),
                "",
                verdict.comment(),
                verdict.reviewer(),
                verdict.time().toString(),
                verdict.run(),
                verdict.adjudicates() ? YES : "");
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<? extends Verdict> verdicts) throws IOException {
        CSV.write(file, List.copyOf(verdicts));
    }

    /** What a file of these verdicts holds; the stream stays open. */
    public static void write(OutputStream out, List<? extends Verdict> verdicts) throws IOException {
        CSV.write(out, List.copyOf(verdicts));
    }
}
