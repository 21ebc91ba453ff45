package org.gazecheck.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Finding.Severity;

/**
 * Findings that have one cause: a shortcut and what follows from it, or a finding alone. People judge it as one.
 *
 * @param id the same in another run whose findings of this class have this cause: made of kind and subject, never of numbers
 * @param findings its cause first, then by severity
 */
public record Story(String id, List<Finding> findings) {
    public Story {
        findings = List.copyOf(findings);
    }

    /** All of an audit, the gravest first; within a severity proven ones, suspected ones, others, each in the order given. */
    public static List<Story> of(List<Finding> findings) {
        Map<String, List<Finding>> byStory = new LinkedHashMap<>();
        for (Finding finding : findings) {
            byStory.computeIfAbsent(id(finding), id -> new ArrayList<>()).add(finding);
        }
        return byStory.entrySet().stream()
                .map(entry -> new Story(
                        entry.getKey(),
                        entry.getValue().stream()
                                .sorted(Comparator.comparing(
                                        (Finding finding) -> !finding.id().equals(entry.getKey())))
                                .toList()))
                .sorted(Comparator.comparing(Story::severity).reversed().thenComparing(story -> story.grade()
                        .map(Grade::ordinal)
                        .orElse(Grade.values().length)))
                .toList();
    }

    /** Of a finding; files of earlier programs have none for those that follow from nothing. */
    private static String id(Finding finding) {
        String story = finding.story();
        return story == null ? withoutCause(finding) : story;
    }

    /** The id where nothing is known to be the cause: what several measures say of where errors look is one story. */
    public static String withoutCause(Finding finding) {
        return finding.is(FindingKind.LOCALISATION_OF_ERRORS) ? finding.kind().id() : finding.id();
    }

    /** What the others follow from, or what says it most clearly. */
    public Finding first() {
        return findings.get(0);
    }

    public List<Finding> others() {
        return findings.subList(1, findings.size());
    }

    /** How well its cause is established; empty where its kind is not graded. */
    public Optional<Grade> grade() {
        return Optional.ofNullable(first().grade());
    }

    /**
     * One for all: that of a proven cause, since its interventions measured how much it matters; else the gravest, since what is
     * suspected need not be their cause.
     */
    public Severity severity() {
        return first().grade() == Grade.PROVEN
                ? first().severity()
                : findings.stream()
                        .map(Finding::severity)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
    }
}
