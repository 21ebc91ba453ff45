package org.gazecheck.review;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.Verdict;

/**
 * Verdicts of several reviewers that contradict each other: different ones on the same image or finding, or wrong
 * labels with different corrections.
 *
 * @param verdicts two at least
 */
public record Conflict(List<Verdict> verdicts) {
    public Conflict {
        verdicts = List.copyOf(verdicts);
    }

    /** All, in the order of the verdicts. */
    public static List<Conflict> among(MergedVerdicts merged) {
        return Question.answers(merged.verdicts()).values().stream()
                .filter(Conflict::between)
                .map(Conflict::new)
                .toList();
    }

    /** Whether verdicts on the same contradict each other, and nobody settled it. */
    public static boolean between(List<? extends Verdict> said) {
        List<? extends Verdict> verdicts = Adjudication.standing(said);
        return different(verdicts.stream().map(Verdict::word).toList())
                || different(verdicts.stream()
                        .flatMap(verdict -> corrected(verdict).stream())
                        .toList());
    }

    private static boolean different(List<String> said) {
        return said.stream().distinct().count() > 1;
    }

    private static Optional<String> corrected(Verdict verdict) {
        return verdict instanceof ImageVerdict image && !image.corrected().isEmpty()
                ? Optional.of(image.corrected())
                : Optional.empty();
    }

    /** What it is about, then who said what. */
    public String text() {
        return verdicts.get(0).path() + ": "
                + verdicts.stream().map(Conflict::said).collect(Collectors.joining(", "));
    }

    private static String said(Verdict verdict) {
        return verdict.reviewer() + " " + verdict.word()
                + corrected(verdict).map(label -> " (" + label + ")").orElse("");
    }
}
