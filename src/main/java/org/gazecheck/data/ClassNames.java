package org.gazecheck.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.ClassName;

/** The names of the classes as folders or a table have them, each in its one form ({@link ClassName}). */
final class ClassNames {
    private static final int SHOWN = 3;
    private static final int CODE_POINTS = 24;

    private final TreeMap<String, TreeSet<String>> written = new TreeMap<>();

    /** The one form. */
    String add(String name) {
        String one = ClassName.of(name);
        written.computeIfAbsent(one, absent -> new TreeSet<>()).add(name);
        return one;
    }

    /** Sorted. */
    List<String> all() {
        return List.copyOf(written.keySet());
    }

    /** That a network cannot learn it; the sentence goes on. */
    String onlyOne() {
        return "there is one class, '" + Printable.of(written.firstKey())
                + "', and a network learns to tell two or more apart: ";
    }

    /** Names that nobody can tell apart. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (written.containsKey("")) {
            problems.add("a class is called by spaces or invisible characters only ("
                    + ClassName.codePoints(written.get("").first()) + "): give it a name");
        }
        Map<String, List<String>> alike = written.keySet().stream()
                .collect(Collectors.groupingBy(ClassName::looks, TreeMap::new, Collectors.toList()));
        alike.forEach((looks, names) -> {
            if (names.size() > 1) {
                problems.add("the classes " + spelled(names)
                        + " look alike and differ in spaces or invisible characters: rename one");
            }
        });
        return problems;
    }

    List<Assumption> assumptions() {
        List<Assumption> assumptions = new ArrayList<>();
        List<String> merged = written.values().stream()
                .filter(spellings -> spellings.size() > 1)
                .map(ClassNames::spelled)
                .toList();
        if (!merged.isEmpty()) {
            assumptions.add(new Assumption(
                    "prepare",
                    "data.names",
                    merged.size() + (merged.size() == 1 ? " name of a class is" : " names of classes are")
                            + " written in several ways, each taken for one class: " + some(merged),
                    Map.of("classes", merged.size())));
        }
        Map<String, String> distinct = new TreeMap<>();
        written.keySet().forEach(name -> distinct.putIfAbsent(ClassName.looks(name), name));
        List<String> folded = distinct.values().stream()
                .collect(Collectors.groupingBy(ClassName::folded, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(names -> names.size() > 1)
                .map(names -> names.stream()
                        .map(name -> "'" + Printable.of(name) + "'")
                        .collect(Collectors.joining(" and ")))
                .toList();
        if (!folded.isEmpty()) {
            assumptions.add(new Assumption(
                    "prepare",
                    "data.names.case",
                    "names that differ in upper and lower case or in the width of letters only are taken for different"
                            + " classes: " + some(folded),
                    Map.of("names", folded.size())));
        }
        assumptions.addAll(new OddNames(written.keySet()).assumptions());
        return assumptions;
    }

    private static String some(List<String> texts) {
        String shown = String.join("; ", texts.subList(0, Math.min(SHOWN, texts.size())));
        return texts.size() > SHOWN ? shown + "; and " + (texts.size() - SHOWN) + " more" : shown;
    }

    private static String spelled(Collection<String> names) {
        return names.stream()
                .map(name -> "'" + Printable.of(name) + "' (" + codePoints(name) + ")")
                .collect(Collectors.joining(" and "));
    }

    private static String codePoints(String name) {
        int[] points = name.codePoints().toArray();
        return points.length <= CODE_POINTS
                ? ClassName.codePoints(name)
                : "... " + ClassName.codePoints(new String(points, points.length - CODE_POINTS, CODE_POINTS));
    }
}
