package org.gazecheck.results;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits text into lines of cells by the grammar of RFC 4180, strictly, with {@code \n} or {@code \r\n} between lines.
 * opencsv writes these tables but does not read all of them back: both of its parsers lose quoted carriage returns or
 * stop at cells that begin with a line break.
 */
final class CsvLines {
    private static final int END = -1;

    private final Reader text;
    private int next;
    private long line = 1;

    CsvLines(Reader text) throws IOException {
        this.text = text;
        this.next = text.read();
    }

    /** The text line, from 1, at which the next call of {@link #read} begins. */
    long line() {
        return line;
    }

    /**
     * The cells of the next line; empty at the end.
     *
     * @throws IllegalArgumentException if it is not a line of a table
     */
    Optional<List<String>> read() throws IOException {
        if (next == END) {
            return Optional.empty();
        }
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(next == '"' ? quoted() : plain());
            if (next == ',') {
                take();
            } else if (lineEnds()) {
                return Optional.of(cells);
            } else {
                throw new IllegalArgumentException("text after the closing quote of column " + cells.size());
            }
        }
    }

    private boolean lineEnds() throws IOException {
        if (next == '\r') {
            take();
            if (next != '\n') {
                throw new IllegalArgumentException("a carriage return outside quotes");
            }
        }
        if (next == '\n') {
            take();
            return true;
        }
        return next == END;
    }

    private String plain() throws IOException {
        StringBuilder cell = new StringBuilder();
        while (next != ',' && next != '\n' && next != '\r' && next != END) {
            if (next == '"') {
                throw new IllegalArgumentException("a quote inside a cell that is not quoted");
            }
            cell.append((char) take());
        }
        return cell.toString();
    }

    private String quoted() throws IOException {
        StringBuilder cell = new StringBuilder();
        take();
        while (true) {
            if (next == END) {
                throw new IllegalArgumentException("a quoted cell does not end");
            }
            int c = take();
            if (c != '"') {
                cell.append((char) c);
            } else if (next == '"') {
                cell.append((char) take());
            } else {
                return cell.toString();
            }
        }
    }

    private int take() throws IOException {
        int taken = next;
        if (taken == '\n') {
            line++;
        }
        next = text.read();
        return taken;
    }
}
