package org.gazecheck.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.ClassName;
import org.gazecheck.results.Split;

/** The words for splits that a table uses. */
final class TableSplits {
    private final TreeMap<String, Word> words = new TreeMap<>();

    private record Word(String text, Split split, long line, int images) {}

    /** What a cell means, if that is known. */
    Optional<Split> read(String cell, long line) {
        String word = ClassName.of(cell).toLowerCase(Locale.ROOT);
        Optional<Split> split = word.equals(Split.NEW.text()) ? Optional.of(Split.NEW) : SplitNames.of(word);
        split.ifPresent(of -> words.merge(
                word,
                new Word(word, of, line, 1),
                (all, one) -> new Word(word, of, all.line, all.images + one.images)));
        return split;
    }

    boolean has(Split split) {
        return words.values().stream().anyMatch(word -> word.split == split);
    }

    /** Two words for one split. */
    List<String> problems(Path table) {
        List<String> problems = new ArrayList<>();
        Map<Split, Word> first = new TreeMap<>();
        words.forEach((word, of) -> {
            Word other = first.putIfAbsent(of.split, of);
            if (other != null) {
                problems.add(table + ": '" + Printable.of(other.text) + "' (line " + other.line + ") and '"
                        + Printable.of(word) + "' (line " + of.line + ") both mean split " + of.split.text()
                        + ": use one of them");
            }
        });
        return problems;
    }

    List<Assumption> assumptions() {
        List<Assumption> assumptions = new ArrayList<>();
        words.forEach((word, of) -> {
            if (!word.equals(of.split.text())) {
                assumptions.add(new Assumption(
                        "prepare",
                        "data.splits",
                        "'" + Printable.of(word) + "' in the table is taken for the split " + of.split.text() + " ("
                                + of.images + " lines)",
                        Map.of("images", of.images)));
            }
        });
        return assumptions;
    }
}
