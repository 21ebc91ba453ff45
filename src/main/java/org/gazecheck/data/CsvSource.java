package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.DataSettings;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.ClassName;
import org.gazecheck.results.CsvText;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;

/**
 * A table of images with columns {@code file} ({@link TablePath}), {@code label} (may be empty in split new) and
 * {@code split}. The apostrophe that keeps a spreadsheet from computing a cell ({@link CsvText}) is not part of the text.
 */
final class CsvSource {
    private static final List<String> COLUMNS = List.of("file", "label", "split");
    private static final int FILE = 0;
    private static final int LABEL = 1;
    private static final int SPLIT = 2;

    private final DataSettings data;
    private final Path table;
    private final TablePath paths;
    private final List<String> problems = new ArrayList<>();
    private final List<Listing.Entry> entries = new ArrayList<>();
    private final ClassNames classes = new ClassNames();
    private final TableSplits splits = new TableSplits();
    private final Map<String, Listed> listed = new HashMap<>();
    private int repeated;

    private record Listed(String label, Split split, long line) {}

    private CsvSource(DataSettings data, Path table) {
        this.data = data;
        this.table = table;
        this.paths = new TablePath(data.dir());
    }

    /** @param toTrain whether a network is to learn the classes, which takes images in val */
    static Listing read(DataSettings data, long seed, boolean toTrain) throws IOException {
        Path table = data.file();
        if (table == null || !Files.isRegularFile(table)) {
            throw new DataException("data.file " + table + " is not a file: set it to the table of images");
        }
        Sources.requireFolder(data.dir(), "data.dir");
        CsvSource source = new CsvSource(data, table);
        Sources.requireMasks(data.masks(), source.problems);
        TableRows.read(table, COLUMNS, source::add, source.problems::add);
        return source.listing(seed, toTrain);
    }

    private Listing listing(long seed, boolean toTrain) throws DataException {
        requireAnyFile();
        problems.addAll(splits.problems(table));
        problems.addAll(classes.problems());
        MasksAmongImages.problem(entries).ifPresent(problems::add);
        if (toTrain && classes.all().size() == 1) {
            problems.add(classes.onlyOne() + table + " should name more in its column label");
        }
        List<Assumption> assumptions = new ArrayList<>(splits.assumptions());
        assumptions.addAll(classes.assumptions());
        List<Listing.Entry> all = entries;
        if (toTrain && !splits.has(Split.VAL) && splits.has(Split.TRAIN) && data.valShare() > 0) {
            all = withVal(seed);
            assumptions.add(DrawnSplits.valOfTrain(all, data.valShare()));
        }
        List<String> ignored = repeated == 0
                ? List.of()
                : List.of(repeated + " lines of " + table + " say again what a line before says, and are ignored");
        return new Listing(data.dir(), classes.all(), all, problems, List.of(), ignored, assumptions);
    }

    private List<Listing.Entry> withVal(long seed) {
        List<Listing.Entry> train =
                entries.stream().filter(entry -> entry.split() == Split.TRAIN).toList();
        List<Listing.Entry> all =
                new ArrayList<>(new DrawnSplits(new Randomness(seed), data.valShare(), 0).of(data.dir(), train));
        entries.stream().filter(entry -> entry.split() != Split.TRAIN).forEach(all::add);
        return all;
    }

    /** One sentence in place of one for each file, where the whole column means another folder. */
    private void requireAnyFile() throws DataException {
        if (entries.size() < 2
                || !data.allowMissing().isEmpty()
                || entries.stream().anyMatch(entry -> entry.problem().isEmpty())) {
            return;
        }
        String first = entries.get(0).path();
        Path beside = table.toAbsolutePath().resolveSibling(first).normalize();
        problems.add("data.file " + table + ": none of its " + entries.size()
                + " files is there: the first is looked for at "
                + data.dir().resolve(first) + ": "
                + (Files.exists(beside)
                        ? "it lies at " + beside + ", so set data.dir to "
                                + table.toAbsolutePath().getParent()
                        : "correct data.dir, or the column file"));
        throw new DataException(problems);
    }

    private void add(long line, String[] cells, int[] columns) {
        String where = table + ", line " + line + ": ";
        Optional<Split> split =
                columns[SPLIT] < cells.length ? splits.read(cells[columns[SPLIT]], line) : Optional.empty();
        for (int c = 0; c < columns.length; c++) {
            boolean needed = c != LABEL || !split.equals(Optional.of(Split.NEW));
            if (columns[c] >= cells.length
                    || needed && ClassName.of(cells[columns[c]]).isEmpty()) {
                problems.add(where + "file, label and split must all be given (in split new the label may be empty)");
                return;
            }
        }
        String file = CsvText.read(cells[columns[FILE]]);
        Optional<String> path = paths.find(file);
        if (path.isEmpty()) {
            problems.add(where + "'" + Printable.of(file) + "'" + paths.problem(file));
        } else if (split.isEmpty()) {
            problems.add(where + "split '" + Printable.of(cells[columns[SPLIT]].strip())
                    + "' must be train, val, test or new");
        } else {
            String label = CsvText.read(cells[columns[LABEL]].strip());
            add(line, path.get(), label, split.get());
        }
    }

    private void add(long line, String path, String written, Split split) {
        String label = ClassName.of(written).isEmpty() ? "" : classes.add(written);
        Listed earlier = listed.putIfAbsent(path, new Listed(label, split, line));
        if (earlier == null) {
            Optional<String> problem = Preparation.missing(data.dir().resolve(path));
            entries.add(new Listing.Entry(path, split, label, problem, Optional.empty()));
        } else if (earlier.label.equals(label) && earlier.split == split) {
            repeated++;
        } else {
            problems.add(table + ", line " + line + ": '" + Printable.of(path) + "' is listed a second time, "
                    + (earlier.label.equals(label)
                            ? "in split " + split.text() + " and in line " + earlier.line + " in "
                                    + earlier.split.text()
                            : "with label '" + Printable.of(label) + "' and in line " + earlier.line + " with '"
                                    + Printable.of(earlier.label) + "'")
                    + ": remove one of the lines");
        }
    }
}
