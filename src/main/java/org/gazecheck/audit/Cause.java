package org.gazecheck.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A shortcut that other findings may follow from.
 *
 * @param finding that says it
 * @param carriers paths of images known to carry it
 */
record Cause(Finding finding, Reason reason, Set<String> carriers) {
    /** Proven ones first, then by size. */
    static List<Cause> of(Findings all, @Nullable Interventions interventions) {
        List<Shortcut> tried = interventions == null ? List.of() : interventions.shortcuts();
        return all.findings().stream()
                .filter(finding -> finding.kind().isShortcut() && finding.grade() != null)
                .flatMap(finding -> Reason.of(finding).stream()
                        .map(reason -> new Cause(finding, reason, carriers(tried, finding, reason))))
                .sorted(Comparator.comparing((Cause cause) -> !cause.proven())
                        .thenComparing(cause -> -cause.finding().effect()))
                .toList();
    }

    private static Set<String> carriers(List<Shortcut> tried, Finding finding, Reason reason) {
        return tried.stream()
                .filter(shortcut ->
                        shortcut.reason() == reason && shortcut.name().equals(finding.subject()))
                .findFirst()
                .map(shortcut -> Set.copyOf(shortcut.examples()))
                .orElseGet(() -> Set.copyOf(finding.evidence()));
    }

    /** The class that images are called because of it. */
    String name() {
        return finding.subject();
    }

    boolean proven() {
        return finding.grade() == Grade.PROVEN;
    }

    /** Of the findings that it causes, and its own. */
    String story() {
        return finding.id();
    }

    /** As sentences name it: "background shortcut of rose". */
    String title() {
        return reason.id() + " shortcut of " + name();
    }
}
