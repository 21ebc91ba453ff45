package org.gazecheck.data;

import com.opencsv.RFC4180Parser;
import com.opencsv.RFC4180ParserBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.gazecheck.io.Printable;
import org.gazecheck.results.ClassName;

/**
 * The first line of a table, which names its columns and so tells what separates cells: comma, semicolon, tab or bar.
 *
 * @param columns position of each that is asked for
 * @param width how many columns there are
 * @param lines read up to here
 */
record TableHeader(char separator, int[] columns, int width, int lines) {
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    /**
     * Reads up to the end of the header.
     *
     * @param asked names of columns, in lower case
     */
    static TableHeader read(Path file, BufferedReader text, List<String> asked) throws IOException {
        String line = text.readLine();
        int lines = 1;
        while (line != null && (line.isBlank() || line.matches("(?i)\"?sep=.\"?"))) {
            line = text.readLine();
            lines++;
        }
        String header = line == null ? "" : line;
        for (char separator : SEPARATORS) {
            List<String> names = names(header, separator);
            if (names.containsAll(asked)) {
                for (String name : asked) {
                    if (Collections.frequency(names, name) > 1) {
                        throw new DataException(
                                file + ", line " + lines + ": two columns are called " + name + ": remove one");
                    }
                }
                return new TableHeader(
                        separator, asked.stream().mapToInt(names::indexOf).toArray(), names.size(), lines);
            }
        }
        throw new DataException(file + ": the first line must name the columns " + String.join(", ", asked)
                + "; it says " + (header.isEmpty() ? "nothing" : "'" + Printable.of(header) + "'"));
    }

    private static List<String> names(String header, char separator) throws IOException {
        return Arrays.stream(parser(separator).parseLineMulti(header))
                .map(name -> ClassName.of(name).toLowerCase(Locale.ROOT))
                .toList();
    }

    private static RFC4180Parser parser(char separator) {
        return new RFC4180ParserBuilder().withSeparator(separator).build();
    }

    RFC4180Parser parser() {
        return parser(separator);
    }

    /** What is wrong with the cells of one line, where some are left that no column has. */
    Optional<String> left(String[] cells) {
        return IntStream.range(width, cells.length).allMatch(i -> cells[i].isBlank())
                ? Optional.empty()
                : Optional.of(cells.length + " cells, and the header names " + width + " columns: put what holds '"
                        + Printable.of(String.valueOf(separator)) + "' in double quotes");
    }

    /** What is wrong with the cells of several lines: quotes that do not belong together make one cell of whole lines. */
    Optional<String> swallowed(String[] cells) {
        boolean ofLines = Arrays.stream(columns).anyMatch(c -> c < cells.length && spansCells(cells[c]));
        return ofLines || left(cells).isPresent() || Arrays.stream(cells).anyMatch(this::holdsLine)
                ? Optional.of(
                        "a quote is opened in the first of these lines and closed in the last, so that they are read"
                                + " as one: close it in its line, or write it twice where it is part of the text")
                : Optional.empty();
    }

    /** Several lines with as many separators as a line of the table has: more than a text of two lines. */
    private boolean spansCells(String cell) {
        return cell.matches("(?s).*[\\r\\n].*")
                && cell.chars().filter(c -> c == separator).count() >= width - 1;
    }

    private boolean holdsLine(String cell) {
        String[] parts = cell.split("[\\r\\n" + Pattern.quote(String.valueOf(separator)) + "]", -1);
        return spansCells(cell)
                && Arrays.stream(parts)
                        .map(part -> part.replace("\"", ""))
                        .anyMatch(part -> part.strip().equalsIgnoreCase("new")
                                || SplitNames.of(part).isPresent());
    }
}
