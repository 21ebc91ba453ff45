package org.gazecheck.nightly;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.compare.RunComparison;
import org.gazecheck.gate.NightFinding;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.Holm;

/** The findings of a night's audit, for its gates. */
final class NightFindings {
    /** Its subjects carry numbers that change from audit to audit. */
    private static final FindingKind UNSTEADY = FindingKind.HEATMAP_CLUSTER;

    private NightFindings() {}

    /** New is what the baseline's audit does not have; without a baseline nothing is new. */
    static List<NightFinding> of(Findings audit, Optional<RunComparison> models) {
        double[] corrected =
                Holm.correct(audit.tests().stream().mapToDouble(TestedEffect::p).toArray());
        List<NightFinding> findings = new ArrayList<>();
        for (Finding finding : audit.findings()) {
            if (finding.is(UNSTEADY)) {
                continue;
            }
            OptionalDouble p = OptionalDouble.empty();
            for (int i = 0; i < corrected.length; i++) {
                TestedEffect test = audit.tests().get(i);
                if (test.kind() == finding.kind() && test.subject().equals(finding.subject())) {
                    p = OptionalDouble.of(p.isEmpty() ? corrected[i] : Math.min(p.getAsDouble(), corrected[i]));
                }
            }
            boolean isNew = models.flatMap(RunComparison::findings)
                    .map(change -> change.appeared().stream().anyMatch(f -> f.id().equals(finding.id())))
                    .orElse(false);
            findings.add(new NightFinding(finding, isNew, p));
        }
        return findings;
    }
}
