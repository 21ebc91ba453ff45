package org.gazecheck.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.report.page.Page.FindingLine;
import org.gazecheck.report.page.Page.FindingView;
import org.gazecheck.report.page.Page.FindingsView;
import org.gazecheck.report.page.Page.KindRow;
import org.gazecheck.report.page.Page.Link;
import org.gazecheck.report.page.Page.Share;
import org.gazecheck.report.page.Page.TestRow;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Reason;
import org.gazecheck.results.TestedEffect;
import org.jspecify.annotations.Nullable;

/** What was found, what its kinds mean, and what was tested, in the words of the page. */
final class FindingSection {
    /** Effects are shares or correlations: none is larger. */
    private static final double LARGEST = 1;

    private FindingSection() {}

    static FindingsView of(
            ReportInput input, boolean audited, CounterfactualSection counterfactuals, Isolated isolated) {
        Findings findings = input.findings();
        Set<String> groups =
                input.clusters().stream().map(HeatmapClusterMember::cluster).collect(Collectors.toSet());
        Set<String> found = findings.findings().stream().map(Finding::id).collect(Collectors.toSet());
        List<Finding> listed = findings.findings().stream()
                .filter(f -> f.is(FindingKind.LOCALISATION_OF_ERRORS) && !follows(f, found))
                .toList();
        return new FindingsView(
                ordered(findings.findings(), found).stream()
                        .map(f -> finding(
                                f,
                                f.is(FindingKind.HEATMAP_CLUSTER) && groups.contains(f.subject()),
                                f.kind().isShortcut() ? Optional.of(counterfactuals) : Optional.empty(),
                                input.interventions(),
                                f.is(FindingKind.LOCALISATION_OF_ERRORS) ? listed.subList(1, listed.size()) : List.of(),
                                findings.findings().stream()
                                        .filter(other -> follows(other, found) && f.id().equals(other.story()))
                                        .toList(),
                                isolated))
                        .toList(),
                audited || !findings.tests().isEmpty()
                        ? "The audit found nothing to report."
                        : "This run has no findings: it was not audited.",
                FindingWords.of(findings),
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

    /**
     * As they are shown by themselves: what follows from a finding is told under it, and of those that say by several measures
     * where errors look only the first stands, which is the strongest.
     */
    private static List<Finding> ordered(List<Finding> findings, Set<String> found) {
        List<Finding> ordered = new ArrayList<>();
        for (Finding finding : findings) {
            boolean again = finding.is(FindingKind.LOCALISATION_OF_ERRORS)
                    && ordered.stream().anyMatch(f -> f.is(FindingKind.LOCALISATION_OF_ERRORS));
            if (!follows(finding, found) && !again) {
                ordered.add(finding);
            }
        }
        return ordered;
    }

    /** Whether another finding is its cause. */
    private static boolean follows(Finding finding, Set<String> found) {
        return finding.story() != null && !finding.story().equals(finding.id()) && found.contains(finding.story());
    }

    private static FindingLine line(Finding f, Isolated isolated) {
        return new FindingLine(
                f.id(),
                f.severity().text(),
                f.kind().anchor(),
                f.kind().title(),
                FindingSubject.title(f.kind(), f.subject()),
                isolated.in(Numbers.in(f.text())),
                numbers(f),
                isolated.in(Numbers.in(f.advice())),
                address(f));
    }

    /** Of its images in the gallery; null where it has none. */
    private static @Nullable String address(Finding f) {
        if (f.is(FindingKind.HEATMAP_CLUSTER)) {
            return cluster(f);
        }
        return f.evidence().isEmpty() ? null : "#images?outcome=any&finding=" + encoded(f.id());
    }

    private static String cluster(Finding f) {
        return "#images?outcome=any&cluster=" + encoded(f.subject());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Of a file whose interval has no width, as older programs made them where nothing overlaps, it is left out. */
    private static String interval(double low, double high) {
        return Double.isFinite(low) && Double.isFinite(high) && low < high
                ? Numbers.plain(low) + " to " + Numbers.plain(high)
                : Numbers.NONE;
    }

    private static String numbers(Finding f) {
        String tests = (f.p().isEmpty() ? "" : ", " + Numbers.probability("p", f.p().getAsDouble()))
                + (f.q().isEmpty() ? "" : ", " + Numbers.probability("q", f.q().getAsDouble()));
        String interval = interval(f.low(), f.high());
        String within = interval.equals(Numbers.NONE) ? "" : Numbers.in(" (95 % interval " + interval + ")");
        return (Double.isFinite(f.effect()) ? "effect " + Numbers.plain(f.effect()) + within + tests + ", " : "")
                + "n = " + Numbers.count(f.n());
    }

    private static FindingView finding(
            Finding f,
            boolean group,
            Optional<CounterfactualSection> counterfactuals,
            Optional<Interventions> interventions,
            List<Finding> alike,
            List<Finding> follows,
            Isolated isolated) {
        FindingKind kind = f.kind();
        return new FindingView(
                f.id(),
                f.severity().text(),
                f.grade() == null ? null : f.grade().text(),
                kind.anchor(),
                kind.title(),
                FindingSubject.title(f.kind(), f.subject()),
                isolated.in(Numbers.in(f.text())),
                numbers(f),
                isolated.in(Numbers.in(f.advice())),
                f.evidence().size(),
                f.kind().isShortcut() || f.is(FindingKind.SCENE_CORRELATION),
                group ? cluster(f) : null,
                counterfactuals
                        .filter(section -> f.is(FindingKind.BACKGROUND_SHORTCUT))
                        .flatMap(section -> interventions)
                        .flatMap(BackgroundSection::control)
                        .orElse(null),
                counterfactuals
                        .flatMap(section -> Reason.of(f).map(reason -> section.of(f.subject(), reason, interventions)))
                        .orElse(List.of()),
                alike.stream().map(other -> line(other, isolated)).toList(),
                follows.stream().map(other -> line(other, isolated)).toList());
    }

    /** Null where no section has the figures. */
    private static @Nullable Link section(FindingKind kind) {
        return switch (kind.section()) {
            case LOCALISATION -> new Link("localisation", "Localisation");
            case SHORTCUTS -> new Link("shortcuts", "Shortcuts");
            case HEATMAPS -> new Link("heatmaps", "Heatmaps");
            case DATA -> new Link("data", "Data quality");
            case NONE -> null;
        };
    }

    private static KindRow kind(FindingKind kind, Findings all) {
        List<TestedEffect> tests =
                all.tests().stream().filter(test -> test.kind() == kind).toList();
        long findings =
                all.findings().stream().filter(finding -> finding.is(kind)).count();
        return new KindRow(
                kind.anchor(),
                kind.title(),
                kind.meaning(),
                section(kind),
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
        String edges = findings.atTheEdge().isEmpty()
                ? ""
                : ". At the end of what was tried: " + Numbers.in(String.join("; ", findings.atTheEdge()));
        return Numbers.count(findings.tests().size()) + " tests, " + Numbers.count(behind) + " of them behind a finding"
                + edges;
    }

    /** Of the finding that it would have become. */
    private static String id(TestedEffect test) {
        return test.kind().id() + ":" + test.subject();
    }

    private static TestRow test(TestedEffect t, Set<String> found, Isolated isolated) {
        FindingKind kind = t.kind();
        return new TestRow(
                kind.anchor(),
                kind.title(),
                FindingSubject.title(t.kind(), t.subject()),
                isolated.in(Numbers.in(t.measure())),
                share(t.effect(), Numbers.plain(t.effect())),
                interval(t.low(), t.high()),
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
