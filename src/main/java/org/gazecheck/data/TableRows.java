package org.gazecheck.data;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.exceptions.CsvMalformedLineException;
import com.opencsv.exceptions.CsvValidationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The lines below a {@link TableHeader} of a table that people wrote. */
final class TableRows {
    private TableRows() {}

    /** Takes one row. */
    @FunctionalInterface
    interface Row {
        /**
         * @param line of the table, from 1
         * @param cells of the line, which may be too few
         * @param columns where the asked ones are among these
         */
        void read(long line, String[] cells, int[] columns) throws IOException;
    }

    /**
     * @param asked names of columns, in lower case
     * @param problem takes a sentence on lines that are no row
     * @throws DataException where the columns are not there, or what follows cannot be read
     */
    static void read(Path table, List<String> asked, Row row, Consumer<String> problem) throws IOException {
        int above = 0;
        try (BufferedReader text = TableText.open(table)) {
            TableHeader header = TableHeader.read(table, text, asked);
            above = header.lines();
            CSVReader reader =
                    new CSVReaderBuilder(text).withCSVParser(header.parser()).build();
            while (true) {
                long line = above + reader.getLinesRead() + 1;
                String[] cells = reader.readNext();
                if (cells == null) {
                    return;
                }
                if (cells.length > 1 || !cells[0].isBlank()) {
                    long last = above + reader.getLinesRead();
                    Optional<String> misread = last > line ? header.swallowed(cells) : header.left(cells);
                    if (misread.isPresent()) {
                        problem.accept(
                                table + ", line " + line + (last > line ? " to " + last : "") + ": " + misread.get());
                    } else {
                        row.read(line, cells, header.columns());
                    }
                }
            }
        } catch (CsvValidationException e) {
            throw new DataException(table + ", line " + (above + e.getLineNumber()) + ": " + e.getMessage());
        } catch (CsvMalformedLineException e) {
            throw new DataException(
                    table + ", line " + (above + e.getLineNumber()) + ": a quote is opened and not closed: close it");
        } catch (CharacterCodingException e) {
            throw TableText.notText(table);
        }
    }
}
