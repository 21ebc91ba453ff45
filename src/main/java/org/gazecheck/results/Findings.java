package org.gazecheck.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What an audit, or a part of one, came to.
 *
 * @param findings by severity, the gravest first; within it in the order given
 * @param tests all tests that were made
 */
public record Findings(List<Finding> findings, List<TestedEffect> tests) {
    public static final Findings NONE = new Findings(List.of(), List.of());

    public Findings {
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
        tests = List.copyOf(tests);
    }

    /** Those of several parts together, in the order of the parts. */
    public static Findings together(List<Findings> parts) {
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tests = new ArrayList<>();
        for (Findings part : parts) {
            findings.addAll(part.findings);
            tests.addAll(part.tests);
        }
        return new Findings(findings, tests);
    }
}
