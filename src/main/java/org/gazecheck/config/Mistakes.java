package org.gazecheck.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong, gathered to be reported together: first the file's mistakes by line, then those of {@code --set}. */
final class Mistakes {
    /** How the label of an override begins, in the place of a file's name. */
    static final String OVERRIDE = "--set ";

    private record Mistake(boolean override, int line, int column, String text) {}

    private final List<Mistake> mistakes = new ArrayList<>();

    /** At the place of a node. */
    void add(Node node, String text) {
        add(node.getStartMark(), text);
    }

    void add(Optional<Mark> mark, String text) {
        Mark at = mark.orElseThrow(() -> new IllegalStateException("a node without a place: " + text));
        mistakes.add(
                new Mistake(at.getName().startsWith(OVERRIDE), at.getLine(), at.getColumn(), place(at) + ": " + text));
    }

    /** About a whole file or override. */
    void add(String label, String text) {
        mistakes.add(new Mistake(label.startsWith(OVERRIDE), Integer.MAX_VALUE, 0, label + ": " + text));
    }

    boolean isEmpty() {
        return mistakes.isEmpty();
    }

    void throwIfAny() throws ConfigurationException {
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes.stream()
                    .sorted(Comparator.comparing(Mistake::override)
                            .thenComparing(Mistake::line)
                            .thenComparing(Mistake::column))
                    .map(Mistake::text)
                    .toList());
        }
    }

    /** {@code file:line:column}, counted from 1; for an override only its name. */
    private static String place(Mark mark) {
        return mark.getName().startsWith(OVERRIDE)
                ? mark.getName()
                : mark.getName() + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }
}
