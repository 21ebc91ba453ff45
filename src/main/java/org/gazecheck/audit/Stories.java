package org.gazecheck.audit;

import java.util.List;
import java.util.Optional;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Story;

/**
 * Tells findings that have one cause as one story: what follows from a shortcut says so, and shares its id ({@link Consequence}).
 * What several measures say of where errors look is one story, too; every other finding is its own. Numbers, severities and the
 * count of findings stay as they are. Labels are not to be corrected where the network may be misled ({@link Relabelling}).
 */
final class Stories {
    private final List<Cause> causes;
    private final AuditedRun run;
    private final Relabelling relabelling;

    private Stories(List<Cause> causes, AuditedRun run) {
        this.causes = causes;
        this.run = run;
        this.relabelling = new Relabelling(run, causes);
    }

    /** The same findings in the same order. */
    static Findings tell(Findings all, AuditedRun run) {
        Stories stories = new Stories(Cause.of(all, run.interventions()), run);
        return new Findings(
                all.findings().stream()
                        .map(stories::told)
                        .map(finding -> finding.story() == null ? finding.of(Story.withoutCause(finding)) : finding)
                        .toList(),
                all.tests(),
                all.atTheEdge());
    }

    private Finding told(Finding finding) {
        Optional<Cause> itself = causes.stream()
                .filter(cause -> cause.finding().id().equals(finding.id()))
                .findFirst();
        if (itself.isPresent()) {
            return finding.of(itself.get().story());
        }
        return finding.is(FindingKind.LABEL_ISSUES)
                ? relabelling.advised(finding)
                : Consequence.of(finding, causes, run)
                        .map(consequence -> consequence.told(finding))
                        .orElse(finding);
    }
}
