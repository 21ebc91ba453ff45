package org.gazecheck.gate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.GateVerdict;

/** {@code summary.md}: the verdict in Markdown, for a pull request or a chat; what needs a look comes first. */
public final class SummaryFile {
    private static final List<GateOutcome> ORDER = List.of(
            GateOutcome.FAILED,
            GateOutcome.WARNED,
            GateOutcome.PERSISTING,
            GateOutcome.ACKNOWLEDGED,
            GateOutcome.NOT_APPLICABLE,
            GateOutcome.PASSED);

    private static final int MOST_WARNINGS = 20;

    private SummaryFile() {}

    /** Written whole or not at all. */
    public static void write(Path file, GateVerdict verdict, List<String> warnings) throws IOException {
        AtomicFile.write(file, text(verdict, warnings));
    }

    /** Names of classes and files in it are escaped: they are no markup, mention or link. */
    public static String text(GateVerdict verdict) {
        StringBuilder text = new StringBuilder();
        text.append("# Gates: ").append(headline(verdict)).append("\n\n");
        if (verdict.network() != null) {
            String line = verdict.network().line();
            text.append(Markdown.escaped(line.substring(0, 1).toUpperCase(Locale.ROOT) + line.substring(1)))
                    .append("\n\n");
        }
        text.append("Run ")
                .append(Markdown.escaped(verdict.run()))
                .append(", ")
                .append(verdict.time().truncatedTo(ChronoUnit.SECONDS))
                .append(". ")
                .append(Wording.count(verdict.gates().size(), "gate", "gates"))
                .append(counts(verdict))
                .append(".\n");
        if (!verdict.gates().isEmpty()) {
            text.append("\n| gate | outcome | what |\n|---|---|---|\n");
            verdict.gates().stream()
                    .sorted(Comparator.comparing(gate -> ORDER.indexOf(gate.outcome())))
                    .forEach(gate -> text.append(row(gate)));
        }
        if (!verdict.acknowledgements().isEmpty()) {
            text.append("\n## Acknowledged\n");
            verdict.acknowledgements().forEach(known -> text.append(line(known)));
        }
        return text.toString();
    }

    /** Of a night in which nothing was new: what still fails. */
    public static String unchanged(String since, Optional<GateVerdict> standing) {
        String text = "Nothing is new and nothing has changed since " + since + ".\n";
        return standing.map(GateVerdict::standing)
                .filter(verdict -> verdict.count(GateOutcome.PERSISTING) > 0)
                .map(verdict -> text + "\n" + text(verdict))
                .orElse(text);
    }

    /** With what is odd about what arrived, a sentence each. */
    public static String text(GateVerdict verdict, List<String> warnings) {
        return text(verdict) + warnings(warnings);
    }

    private static String warnings(List<String> sentences) {
        return sentences.isEmpty()
                ? ""
                : "\n## Warnings\n"
                        + sentences.stream()
                                .limit(MOST_WARNINGS)
                                .map(sentence -> "- " + Markdown.escaped(sentence) + "\n")
                                .collect(Collectors.joining())
                        + (sentences.size() > MOST_WARNINGS
                                ? "- and " + (sentences.size() - MOST_WARNINGS) + " more\n"
                                : "");
    }

    private static String headline(GateVerdict verdict) {
        long failed = verdict.count(GateOutcome.FAILED);
        if (failed > 0) {
            return failed + " failed";
        }
        long persisting = verdict.count(GateOutcome.PERSISTING);
        return persisting > 0 ? "nothing new, " + persisting + " persisting" : "nothing failed";
    }

    private static String counts(GateVerdict verdict) {
        String counts = Arrays.stream(GateOutcome.values())
                .filter(outcome -> verdict.count(outcome) > 0)
                .map(outcome -> verdict.count(outcome) + " " + outcome.words())
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "" : ": " + counts;
    }

    private static String row(GateResult gate) {
        String outcome = gate.outcome().words();
        return "| " + Markdown.escaped(gate.rule()) + " | "
                + (gate.outcome() == GateOutcome.FAILED ? "**" + outcome + "**" : outcome) + " | "
                + Markdown.escaped(gate.sentence()) + " |\n";
    }

    private static String line(Acknowledgement known) {
        return "- " + Markdown.escaped(known.of()) + " until " + known.until() + " by " + Markdown.escaped(known.who())
                + ": " + Markdown.escaped(known.reason()) + "\n";
    }
}
