package org.gazecheck.data;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Assumption;

/**
 * Names that are those of classes and may be meant otherwise: one number written in several ways, words for a label that is not
 * known, several classes in one name.
 */
final class OddNames {
    private static final int SHOWN = 3;
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}([.][0-9]{0,30})?");
    private static final Pattern BETWEEN = Pattern.compile("[|;,/+&]");
    private static final Pattern AROUND = Pattern.compile("^[\\s\\[({'\"]+|[\\s\\])}'\"]+$");
    private static final Set<String> NOT_KNOWN = Set.of(
            "nan",
            "<na>",
            "na",
            "n/a",
            "#n/a",
            "null",
            "none",
            "nil",
            "nat",
            "undefined",
            "?",
            "-",
            "unknown",
            "unlabeled",
            "unlabelled",
            "unannotated",
            "unsorted",
            "unassigned",
            "uncategorized",
            "untagged",
            "unsup",
            "no label",
            "no_label");

    private final Collection<String> names;

    /** @param names of all classes */
    OddNames(Collection<String> names) {
        this.names = names;
    }

    List<Assumption> assumptions() {
        return Stream.of(numbers(), notKnown(), several())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Assumption> numbers() {
        List<String> alike = names.stream()
                .filter(name -> NUMBER.matcher(name).matches())
                .collect(Collectors.groupingBy(
                        name -> new BigDecimal(name).stripTrailingZeros(), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(same -> same.size() > 1)
                .map(OddNames::quoted)
                .toList();
        return told(
                "data.names.numbers", "names that are the same number are taken for different classes: ", alike, "");
    }

    private Optional<Assumption> notKnown() {
        return told(
                "data.names.unknown",
                "taken for a class like any other: ",
                names.stream()
                        .filter(name -> NOT_KNOWN.contains(name.toLowerCase(Locale.ROOT)))
                        .map(name -> quoted(List.of(name)))
                        .toList(),
                ": where it means that the label is not known, leave these images out");
    }

    private Optional<Assumption> several() {
        Map<String, List<String>> parts = new TreeMap<>();
        for (String name : names) {
            parts.put(
                    name,
                    Arrays.stream(BETWEEN.split(name))
                            .map(part -> AROUND.matcher(part).replaceAll(""))
                            .filter(part -> !part.isEmpty())
                            .distinct()
                            .toList());
        }
        Map<String, Set<String>> users = new HashMap<>();
        parts.forEach((name, its) -> its.forEach(
                part -> users.computeIfAbsent(part, p -> new HashSet<>()).add(name)));
        List<String> composed = parts.entrySet().stream()
                .filter(e -> e.getValue().size() > 1)
                .filter(e -> e.getValue().stream()
                        .allMatch(part -> users.getOrDefault(part, Set.of()).size() > 1))
                .map(e -> quoted(List.of(e.getKey())))
                .toList();
        return told(
                "data.names.several",
                "names made of those of several classes are taken for classes of their own: ",
                composed,
                ": an image has one class here; leave images of several out");
    }

    private static Optional<Assumption> told(String id, String before, List<String> odd, String after) {
        return odd.isEmpty()
                ? Optional.empty()
                : Optional.of(new Assumption(
                        "prepare",
                        id,
                        before
                                + String.join("; ", odd.subList(0, Math.min(SHOWN, odd.size())))
                                + (odd.size() > SHOWN ? "; and " + (odd.size() - SHOWN) + " more" : "")
                                + after,
                        Map.of("names", odd.size())));
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "'" + Printable.of(name) + "'").collect(Collectors.joining(" and "));
    }
}
