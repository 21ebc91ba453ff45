package org.gazecheck.knownanswers;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gazecheck.knownanswers.Row.Verdict;

/** Rows, counted. */
record Tally(List<Row> rows) {
    /** The reasons that findings can name; those that are one are one here. */
    static final List<String> REASONS =
            List.of("background", "patch or object", "colour", "blur", "compression", "size");

    /** Where the interval of a true effect lies, as a whole. */
    enum Band {
        UNUSED("below 3 points", Double.NEGATIVE_INFINITY, 0.03),
        WEAK("3 to 10 points", 0.03, 0.1),
        MEDIUM("10 to 20 points", 0.1, 0.2),
        STRONG("20 points or more", 0.2, Double.POSITIVE_INFINITY),
        OPEN("not told apart by its interval", Double.NaN, Double.NaN);

        private final String text;
        private final double low;
        private final double high;

        Band(String text, double low, double high) {
            this.text = text;
            this.low = low;
            this.high = high;
        }

        String text() {
            return text;
        }

        static Band of(Row row) {
            for (Band band : values()) {
                if (row.interval().low() >= band.low && row.interval().high() < band.high) {
                    return band;
                }
            }
            return OPEN;
        }
    }

    Tally {
        rows = List.copyOf(rows);
    }

    /** A tie's reason among {@link #REASONS}. */
    static String reason(Row tie) {
        String reason = tie.artefact().reason();
        return reason.equals("patch") || reason.equals("object") ? "patch or object" : reason;
    }

    List<Row> ties() {
        return rows.stream().filter(Row::tied).toList();
    }

    /** Ties that count, of a band. */
    List<Row> ties(Band band) {
        return ties().stream()
                .filter(Row::separable)
                .filter(row -> Band.of(row) == band)
                .toList();
    }

    /** Classes without a tie in sets that have ties. */
    List<Row> controls() {
        return rows.stream().filter(row -> !row.tied() && !row.ofNullSet()).toList();
    }

    Map<String, List<Row>> nullSets() {
        return bySet(rows.stream().filter(Row::ofNullSet).toList());
    }

    /** Null sets in which anything is proven. */
    long accusingNullSets() {
        return nullSets().values().stream()
                .filter(set -> set.stream().anyMatch(Tally::accused))
                .count();
    }

    /** Whether the class and the reason are proven. */
    static boolean proven(Row tie) {
        return tie.verdicts().stream()
                .anyMatch(verdict -> verdict.proven() && tie.artefact().isNamedBy(verdict.reason()));
    }

    /** Whether the class and the reason are proven or suspected. */
    static boolean suspected(Row tie) {
        return tie.verdicts().stream().anyMatch(verdict -> tie.artefact().isNamedBy(verdict.reason()));
    }

    /** Whether anything is proven of a class. */
    static boolean accused(Row row) {
        return row.verdicts().stream().anyMatch(Verdict::proven);
    }

    /** Tied classes of which a reason is proven that none of their ties has. */
    long wrongReasons() {
        return ties().stream()
                .filter(this::wrongReason)
                .map(row -> row.set() + "/" + row.label())
                .distinct()
                .count();
    }

    /** Whether a reason is proven of the tie's class that none of the class's ties has. */
    boolean wrongReason(Row tie) {
        List<Row> ofClass = ties().stream()
                .filter(row -> row.set().equals(tie.set()) && row.label().equals(tie.label()))
                .toList();
        return tie.verdicts().stream().filter(Verdict::proven).anyMatch(verdict -> ofClass.stream()
                .noneMatch(row -> row.artefact().isNamedBy(verdict.reason())));
    }

    /** Classes that are accused as controls in more than one set. */
    Set<String> accusedTwice() {
        Map<String, Long> accused = controls().stream()
                .filter(Tally::accused)
                .collect(Collectors.groupingBy(Row::label, Collectors.counting()));
        return accused.entrySet().stream()
                .filter(each -> each.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Seconds that all sets took, one after the other. */
    double seconds() {
        return bySet(rows).values().stream()
                .mapToDouble(set -> set.get(0).seconds())
                .sum();
    }

    static Map<String, List<Row>> bySet(Collection<Row> rows) {
        return rows.stream().collect(Collectors.groupingBy(Row::set, TreeMap::new, Collectors.toList()));
    }
}
