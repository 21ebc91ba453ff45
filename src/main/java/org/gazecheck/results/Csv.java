package org.gazecheck.results;

import com.opencsv.CSVWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gazecheck.io.AtomicFile;

/**
 * Comma-separated tables as RFC 4180 has them, in UTF-8 with a header and {@code \n} between lines. Any text survives a
 * round trip, line breaks included. A text that a spreadsheet would take for a formula stands behind an apostrophe
 * ({@link CsvText}).
 *
 * @param header the columns' names
 * @param parse from a line's cells, as many as there are columns
 * @param format to a line's cells
 */
record Csv<T>(List<String> header, Parse<T> parse, Function<T, List<String>> format) {
    /** Throws an {@link IllegalArgumentException} that says which cell is wrong. */
    @FunctionalInterface
    interface Parse<T> {
        T of(String[] cells);
    }

    List<T> read(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(file, new CsvLines(text));
        } catch (CharacterCodingException e) {
            throw new ResultsException(file, "not UTF-8", e);
        }
    }

    private List<T> read(Path file, CsvLines lines) throws IOException {
        List<T> rows = new ArrayList<>();
        long line = 1;
        try {
            requireHeader(lines.read());
            while (true) {
                line = lines.line();
                Optional<List<String>> cells = lines.read();
                if (cells.isEmpty()) {
                    return rows;
                }
                if (cells.get().size() != header.size()) {
                    throw new IllegalArgumentException(cells.get().size() + " columns, expected " + header.size());
                }
                rows.add(parse.of(cells.get().stream().map(CsvText::read).toArray(String[]::new)));
            }
        } catch (IllegalArgumentException e) {
            throw new ResultsException(file, "line " + line + ": " + e.getMessage(), e);
        }
    }

    private void requireHeader(Optional<List<String>> found) {
        if (!found.equals(Optional.of(header))) {
            throw new IllegalArgumentException(
                    found.map(other -> "the header is " + join(other)).orElse("the file is empty") + ", expected "
                            + join(header));
        }
    }

    private static String join(List<String> columns) {
        return String.join(",", columns);
    }

    /** What writes every table of this program. */
    static CSVWriter writer(Writer text) {
        return new CSVWriter(text, ',', '"', '"', "\n");
    }

    void write(Path file, List<T> rows) throws IOException {
        AtomicFile.write(file, out -> write(out, rows));
    }

    /** The stream stays open. */
    void write(OutputStream out, List<T> rows) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8.newEncoder());
        CSVWriter csv = writer(text);
        csv.writeNext(header.toArray(String[]::new), false);
        for (T row : rows) {
            csv.writeNext(format.apply(row).stream().map(CsvText::written).toArray(String[]::new), false);
        }
        csv.flush();
        if (csv.checkError()) {
            throw csv.getException();
        }
    }
}
