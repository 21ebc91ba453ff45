package org.gazecheck.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an audit, or a part of one, came to.
 *
 * @param findings by severity, the gravest first; within it in the order given
 * @param tests all tests that were made
 * @param atTheEdge numbers that were chosen at the end of what was tried, a sentence each: beyond it may be better ones
 * @param verdict of the whole audit; null of a part, and where an earlier program audited
 */
public record Findings(
        List<Finding> findings, List<TestedEffect> tests, List<String> atTheEdge, @Nullable RunVerdict verdict) {
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

    /** Without a verdict. */
    public Findings(List<Finding> findings, List<TestedEffect> tests, List<String> atTheEdge) {
        this(findings, tests, atTheEdge, null);
    }

    /** The same with another verdict. */
    public Findings concluding(@Nullable RunVerdict of) {
        return new Findings(findings, tests, atTheEdge, of);
    }

    /** Grouped by what they have as their cause. */
    public List<Story> stories() {
        return Story.of(findings);
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
