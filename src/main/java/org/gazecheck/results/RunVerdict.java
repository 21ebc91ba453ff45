package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run comes to, in {@code findings.json} as its audit saw it.
 *
 * @param sentence why, in at most {@link #WORDS} words
 * @param grounds the gravest first, within a level in the order given; with none, nothing speaks against the network
 */
public record RunVerdict(Level level, String sentence, List<Ground> grounds) {
    /** The most that its sentence has. */
    public static final int WORDS = 20;

    /** What should be done with the network, from the mildest on. */
    public enum Level {
        LOOKS_RIGHT,
        LOOK_AT_THIS,
        DO_NOT_USE;

        /** As files and pages have it: "do not use". */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Who says it. */
    public enum Source {
        /** The audit, over findings, tests and expected accuracies. */
        AUDIT,
        /** Whoever signed. */
        REVIEW,
        /** The gates, by {@code gates.json}. */
        GATES;

        /** As it is written in files: lower case. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One thing that speaks against the network.
     *
     * @param level that it alone would come to, never {@link Level#LOOKS_RIGHT}
     * @param sentence at most {@link #WORDS} words, less those that say how many more grounds there are
     */
    public record Ground(Level level, Source source, String sentence) {
        /** What remains of {@link #WORDS} beside "; 17 reasons more.". */
        public static final int WORDS = RunVerdict.WORDS - 3;
    }

    public RunVerdict {
        grounds = List.copyOf(grounds);
    }

    /**
     * Of everything that speaks against a network: as grave as the gravest.
     *
     * @param otherwise the sentence where nothing does
     */
    public static RunVerdict of(List<Ground> grounds, String otherwise) {
        List<Ground> sorted = grounds.stream()
                .sorted(Comparator.comparing(Ground::level).reversed())
                .toList();
        if (sorted.isEmpty()) {
            return new RunVerdict(Level.LOOKS_RIGHT, otherwise, List.of());
        }
        Ground first = sorted.get(0);
        long more = sorted.stream()
                        .filter(ground -> ground.level() == first.level())
                        .count()
                - 1;
        String counted = more == 0
                ? first.sentence()
                : first.sentence().replaceFirst("\\.$", "") + "; " + more + (more == 1 ? " reason" : " reasons")
                        + " more.";
        return new RunVerdict(first.level(), counted, sorted);
    }

    /** In a line, with who has a part in it beside the audit: "verdict with gates: look at this. A gate failed: ...". */
    public String line() {
        String others = Stream.of(Source.REVIEW, Source.GATES)
                .filter(source -> grounds.stream().anyMatch(ground -> ground.source() == source))
                .map(Source::text)
                .collect(Collectors.joining(" and "));
        return "verdict" + (others.isEmpty() ? "" : " with " + others) + ": " + level.text() + ". " + sentence;
    }

    /** With what others say: graver, or as it was; never milder. */
    public RunVerdict and(List<Ground> others) {
        return of(Stream.concat(grounds.stream(), others.stream()).toList(), sentence);
    }
}
