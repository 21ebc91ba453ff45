package org.gazecheck.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.report.page.Page.FindingView;
import org.gazecheck.report.page.Page.FindingsView;
import org.gazecheck.report.page.Page.KindRow;
import org.gazecheck.report.page.Page.Pictures;
import org.gazecheck.report.page.Page.Share;
import org.gazecheck.report.page.Page.TestRow;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Findings;
import org.gazecheck.results.HeatmapGroup;
import org.gazecheck.results.TestedEffect;

/** What was found, what its kinds mean, and what was tested, in the words of the page. */
final class FindingSection {
    /** Effects are shares or correlations: none is larger. */
    private static final double LARGEST = 1;

    private FindingSection() {}

    static FindingsView of(ReportInput input, boolean audited, ExchangedSection exchanged, Isolated isolated) {
        Findings findings = input.findings();
        Set<String> groups = input.groups().stream().map(HeatmapGroup::group).collect(Collectors.toSet());
        Set<String> found = findings.findings().stream().map(Finding::id).collect(Collectors.toSet());
        return new FindingsView(
                findings.findings().stream()
                        .map(f -> finding(
                                f,
                                f instanceof Finding.HeatmapCluster && groups.contains(f.subject()),
                                f instanceof Finding.BackgroundShortcut
                                        ? exchanged.of(f.subject(), input.interventions())
                                        : List.of(),
                                isolated))
                        .toList(),
                audited || !findings.tests().isEmpty()
                        ? "The audit found nothing to report."
                        : "This run has no findings: it was not audited.",
                Arrays.stream(FindingKind.values())
                        .map(kind -> kind(kind, findings))
                        .filter(row ->
                                !row.findings().equals("0") || !row.tests().equals(Numbers.NONE))
                        .toList(),
                summary(findings, found),
                findings.tests().stream()
                        .map(test -> test(test, found, isolated))
                        .toList());
    }

    private static FindingView finding(Finding f, boolean group, List<Pictures> pictures, Isolated isolated) {
        String tests = (f.p().isEmpty() ? "" : ", " + Numbers.probability("p", f.p().getAsDouble()))
                + (f.q().isEmpty() ? "" : ", " + Numbers.probability("q", f.q().getAsDouble()));
        String interval = Double.isFinite(f.low()) && Double.isFinite(f.high())
                ? " (95 % interval " + Numbers.plain(f.low()) + " to " + Numbers.plain(f.high()) + ")"
                : "";
        String numbers =
                Double.isFinite(f.effect()) ? "effect " + Numbers.plain(f.effect()) + interval + tests + ", " : "";
        FindingKind kind = FindingKind.of(f.kind());
        return new FindingView(
                f.id(),
                f.severity().text(),
                kind.id(),
                kind.title(),
                f.subject(),
                isolated.in(f.text()),
                numbers + "n = " + Numbers.count(f.n()),
                isolated.in(f.advice()),
                f.evidence().size(),
                group ? "#images?outcome=any&group=" + URLEncoder.encode(f.subject(), StandardCharsets.UTF_8) : null,
                pictures);
    }

    private static KindRow kind(FindingKind kind, Findings all) {
        List<TestedEffect> tests = all.tests().stream()
                .filter(test -> FindingKind.of(test.kind()) == kind)
                .toList();
        long findings = all.findings().stream()
                .filter(finding -> FindingKind.of(finding.kind()) == kind)
                .count();
        return new KindRow(
                kind.id(),
                kind.title(),
                kind.meaning(),
                kind.section(),
                Numbers.count(findings),
                tests.isEmpty() ? Numbers.NONE : Numbers.count(tests.size()),
                detectable(tests));
    }

    /** The range of what could have been found; tests that could not have found anything are counted. */
    private static String detectable(List<TestedEffect> tests) {
        double[] known = tests.stream()
                .mapToDouble(TestedEffect::detectable)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double[] possible = Arrays.stream(known).filter(d -> d <= LARGEST).toArray();
        if (known.length == 0) {
            return Numbers.NONE;
        }
        String blind = known.length == possible.length
                ? ""
                : Numbers.count(known.length - possible.length) + " of " + Numbers.count(tests.size()) + ": nothing";
        if (possible.length == 0) {
            return blind;
        }
        String least = Numbers.fixed(possible[0], 2);
        String most = Numbers.fixed(possible[possible.length - 1], 2);
        return (least.equals(most) ? least : least + " to " + most) + (blind.isEmpty() ? "" : "; " + blind);
    }

    private static String summary(Findings findings, Set<String> found) {
        long behind =
                findings.tests().stream().filter(t -> found.contains(id(t))).count();
        return Numbers.count(findings.tests().size()) + " tests, " + Numbers.count(behind)
                + " of them behind a finding";
    }

    /** Of the finding that it would have become. */
    private static String id(TestedEffect test) {
        return test.kind() + ":" + test.subject();
    }

    private static TestRow test(TestedEffect t, Set<String> found, Isolated isolated) {
        FindingKind kind = FindingKind.of(t.kind());
        return new TestRow(
                kind.id(),
                kind.title(),
                t.subject(),
                isolated.in(t.measure()),
                share(t.effect(), Numbers.plain(t.effect())),
                Double.isFinite(t.low()) && Double.isFinite(t.high())
                        ? Numbers.plain(t.low()) + " to " + Numbers.plain(t.high())
                        : Numbers.NONE,
                share(t.p(), Numbers.probability(t.p())),
                share(t.q(), Numbers.probability(t.q())),
                t.n(),
                share(t.detectable(), t.detectable() > LARGEST ? "nothing" : Numbers.plain(t.detectable())),
                found.contains(id(t)) ? "yes" : "no");
    }

    private static Share share(double value, String text) {
        return new Share(Double.isFinite(value) ? Double.toString(value) : "", text);
    }
}
