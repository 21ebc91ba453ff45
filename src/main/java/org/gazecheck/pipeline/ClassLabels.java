package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gazecheck.config.Suggestion;
import org.gazecheck.data.DataException;
import org.gazecheck.io.Printable;
import org.gazecheck.results.ClassName;

/** The labels file of an external network: one class name a line, in the order of the network's outputs. */
final class ClassLabels {
    private static final long LARGEST = 16 << 20;

    private ClassLabels() {}

    /** @throws DataException if there is no such file, or a name is empty or stands twice */
    static List<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
            throw new DataException("external.labels " + file + " is not a text file with one class name a line");
        }
        List<String> names;
        try {
            names = new ArrayList<>(Files.readString(file, StandardCharsets.UTF_8)
                    .replace("\uFEFF", "")
                    .lines()
                    .map(ClassName::of)
                    .toList());
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is not UTF-8 text");
        }
        while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) {
            names.remove(names.size() - 1);
        }
        List<String> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                problems.add(file + " line " + (i + 1) + " is empty: each line names a class");
            } else if (!seen.add(names.get(i))) {
                problems.add(file + " line " + (i + 1) + " names '" + Printable.of(names.get(i))
                        + "' again: give the two classes different names, such as with a number");
            }
        }
        if (names.size() < 2) {
            problems.add(file + " names " + names.size() + " classes: at least two are needed");
        }
        if (!problems.isEmpty()) {
            throw new DataException(problems);
        }
        return List.copyOf(names);
    }

    /** @throws DataException naming every class of the images that the network does not have */
    static void requireAmong(List<String> labels, List<String> classes, Path file) throws DataException {
        List<String> problems = classes.stream()
                .filter(name -> !labels.contains(name))
                .map(name -> "the images' class '" + Printable.of(name) + "' is not among the "
                        + labels.size() + " of " + file
                        + Suggestion.nearest(name, labels)
                                .map(near -> ": rename the folder, or the label '" + Printable.of(near) + "'")
                                .orElse(": rename the folder to one of them, or leave it out"))
                .toList();
        if (!problems.isEmpty()) {
            throw new DataException(problems);
        }
    }
}
