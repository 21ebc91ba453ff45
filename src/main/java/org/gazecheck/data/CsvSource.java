package org.gazecheck.data;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180Parser;
import com.opencsv.exceptions.CsvMalformedLineException;
import com.opencsv.exceptions.CsvValidationException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gazecheck.config.DataSettings;
import org.gazecheck.io.Printable;
import org.gazecheck.results.CsvText;
import org.gazecheck.results.Split;
import org.jspecify.annotations.Nullable;

/**
 * A table of images: UTF-8, RFC 4180, with columns {@code file} (relative to data.dir), {@code label} (may be empty in
 * split new), {@code split}. The
 * apostrophe that keeps a spreadsheet from computing a cell ({@link CsvText}) is not part of the text.
 */
final class CsvSource {
    private static final List<String> COLUMNS = List.of("file", "label", "split");
    private static final int LABEL = 1;
    private static final int SPLIT = 2;

    private final DataSettings data;
    private final List<String> problems = new ArrayList<>();
    private final List<Listing.Entry> entries = new ArrayList<>();
    private final TreeSet<String> classes = new TreeSet<>();
    private final Set<String> seen = new HashSet<>();

    private CsvSource(DataSettings data) {
        this.data = data;
    }

    static Listing read(DataSettings data) throws IOException {
        if (data.file() == null || !Files.isRegularFile(data.file())) {
            throw new DataException("data.file " + data.file() + " is not a file: set it to the table of images");
        }
        Sources.requireFolder(data.dir(), "data.dir");
        CsvSource source = new CsvSource(data);
        Sources.requireMasks(data.masks(), source.problems);
        source.readTable();
        return new Listing(
                data.dir(),
                List.copyOf(source.classes),
                source.entries,
                source.problems,
                List.of(),
                List.of(),
                List.of());
    }

    private void readTable() throws IOException {
        try (CSVReader reader = new CSVReaderBuilder(Files.newBufferedReader(data.file()))
                .withCSVParser(new RFC4180Parser())
                .build()) {
            int[] columns = columns(reader.readNext());
            while (true) {
                long line = reader.getLinesRead() + 1;
                String[] cells = reader.readNext();
                if (cells == null) {
                    return;
                }
                if (cells.length > 1 || !cells[0].isBlank()) {
                    add(line, cells, columns);
                }
            }
        } catch (CsvValidationException e) {
            throw new DataException(data.file() + ", line " + e.getLineNumber() + ": " + e.getMessage());
        } catch (CsvMalformedLineException e) {
            throw new DataException(
                    data.file() + ", line " + e.getLineNumber() + ": a quote is opened and not closed: close it");
        } catch (CharacterCodingException e) {
            throw new DataException(data.file() + " is not UTF-8: save it as UTF-8");
        }
    }

    private int[] columns(String @Nullable [] header) throws DataException {
        List<String> names = new ArrayList<>();
        for (String name : header == null ? new String[0] : header) {
            names.add(name.replace("\ufeff", "").strip().toLowerCase(Locale.ROOT));
        }
        if (!names.containsAll(COLUMNS)) {
            throw new DataException(data.file() + ": the first line must name the columns file, label, split; it says "
                    + Printable.of(String.join(",", names)));
        }
        return COLUMNS.stream().mapToInt(names::indexOf).toArray();
    }

    private void add(long line, String[] cells, int[] columns) {
        String where = data.file() + ", line " + line + ": ";
        for (int c = 0; c < columns.length; c++) {
            boolean needed = c != LABEL || !isNew(cells, columns[SPLIT]);
            if (columns[c] >= cells.length || needed && cells[columns[c]].isBlank()) {
                problems.add(where + "file, label and split must all be given (in split new the label may be empty)");
                return;
            }
        }
        String path;
        try {
            path = path(CsvText.read(cells[columns[0]]));
        } catch (InvalidPathException e) {
            problems.add(where + "'" + Printable.of(cells[columns[0]]) + "' is not a file name");
            return;
        }
        String shown = "'" + Printable.of(cells[columns[0]]) + "'";
        String split = cells[columns[2]].strip();
        if (path == null) {
            problems.add(where + shown + " does not lie in data.dir");
        } else if (Arrays.stream(Split.values()).noneMatch(known -> known.text().equalsIgnoreCase(split))) {
            problems.add(where + "split '" + Printable.of(split) + "' must be train, val, test or new");
        } else if (!seen.add(path)) {
            problems.add(where + shown + " is listed a second time");
        } else {
            String label = CsvText.read(cells[columns[1]].strip());
            if (!label.isEmpty()) {
                classes.add(label);
            }
            Optional<String> problem = Preparation.missing(data.dir().resolve(path));
            entries.add(new Listing.Entry(path, Split.of(split), label, problem, Optional.empty()));
        }
    }

    private static boolean isNew(String[] cells, int column) {
        return column < cells.length && Split.NEW.text().equalsIgnoreCase(cells[column].strip());
    }

    /** Relative to data.dir with forward slashes; absent when it leads out of it. */
    private static @Nullable String path(String file) {
        Path relative = Path.of(file).normalize();
        return relative.isAbsolute()
                        || relative.startsWith("..")
                        || relative.toString().isEmpty()
                ? null
                : Names.relative(Path.of(""), relative);
    }
}
