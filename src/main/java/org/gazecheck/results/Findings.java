package org.gazecheck.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What an audit, or a part of one, came to.
 *
 * @param findings by severity, the gravest first; within it in the order given
 * @param tests all tests that were made
 * @param atTheEdge numbers that were chosen at the end of what was tried, a sentence each: beyond it may be better ones
 */
public record Findings(List<Finding> findings, List<TestedEffect> tests, List<String> atTheEdge) {
    public static final Findings NONE = new Findings(List.of(), List.of());

    public Findings {
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
        tests = List.copyOf(tests);
        atTheEdge = List.copyOf(atTheEdge);
    }

    /** Nothing was chosen at the end of what was tried. */
    public Findings(List<Finding> findings, List<TestedEffect> tests) {
        this(findings, tests, List.of());
    }

    /** Those of several parts together, in the order of the parts. */
    public static Findings together(List<Findings> parts) {
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tests = new ArrayList<>();
        List<String> atTheEdge = new ArrayList<>();
        for (Findings part : parts) {
            findings.addAll(part.findings);
            tests.addAll(part.tests);
            atTheEdge.addAll(part.atTheEdge);
        }
        return new Findings(findings, tests, atTheEdge);
    }
}
