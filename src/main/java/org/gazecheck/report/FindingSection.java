package org.gazecheck.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gazecheck.report.page.Page.FindingLine;
import org.gazecheck.report.page.Page.FindingView;
import org.gazecheck.report.page.Page.FindingsView;
import org.gazecheck.report.page.Page.KindRow;
import org.gazecheck.report.page.Page.Link;
import org.gazecheck.report.page.Page.Share;
import org.gazecheck.report.page.Page.Sure;
import org.gazecheck.report.page.Page.TestRow;
import org.gazecheck.report.page.Page.Told;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Story;
import org.gazecheck.results.TestedEffect;
import org.jspecify.annotations.Nullable;

/** What was found, what its kinds mean, and what was tested, in the words of the page. */
final class FindingSection {
    /** Effects are shares or correlations: none is larger. */
    private static final double LARGEST = 1;

    private static final String FIGURES = "Cliff's delta -?[0-9.]+(?:, -?[0-9.]+ to -?[0-9.]+)?";

    /** As sentences of findings have it, with what sets it off from other words. */
    private static final Pattern DELTA = Pattern.compile(" \\(" + FIGURES + "\\)|; " + FIGURES + "|" + FIGURES + "; ");

    private FindingSection() {}

    static FindingsView of(
            ReportInput input, boolean audited, CounterfactualSection counterfactuals, Isolated isolated) {
        Findings findings = input.findings();
        Set<String> groups =
                input.clusters().stream().map(HeatmapClusterMember::cluster).collect(Collectors.toSet());
        Set<String> found = findings.findings().stream().map(Finding::id).collect(Collectors.toSet());
        String caution = HeatmapCaution.of(findings).orElse(null);
        Set<String> predicted = predicted(input);
        return new FindingsView(
                findings.stories().stream()
                        .map(story -> story(
                                story,
                                story.first().is(FindingKind.HEATMAP_CLUSTER)
                                        && groups.contains(story.first().subject()),
                                story.first().kind().isShortcut() ? Optional.of(counterfactuals) : Optional.empty(),
                                input.interventions(),
                                findings.tests(),
                                caution,
                                predicted,
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

    /** Paths of what the gallery can show. */
    static Set<String> predicted(ReportInput input) {
        return input.predictions().stream().map(Prediction::path).collect(Collectors.toSet());
    }

    private static FindingLine line(Finding f, @Nullable String caution, Set<String> predicted, Isolated isolated) {
        return new FindingLine(
                f.id(),
                f.severity().text(),
                f.kind().anchor(),
                f.kind().title(),
                FindingSubject.title(f.kind(), f.subject()),
                plain(f, isolated),
                HeatmapCaution.concerns(f.kind()) ? caution : null,
                sure(f, isolated),
                isolated.in(Numbers.in(f.advice())),
                address(f, predicted));
    }

    /**
     * Of its images in the gallery; null where it has none there: images of train have no predictions.
     *
     * @param predicted paths of what the gallery can show
     */
    static @Nullable String address(Finding f, Set<String> predicted) {
        if (f.is(FindingKind.HEATMAP_CLUSTER)) {
            return cluster(f);
        }
        return f.evidence().stream().anyMatch(predicted::contains)
                ? GalleryAddress.all().with("finding", f.id()).toString()
                : null;
    }

    private static String cluster(Finding f) {
        return GalleryAddress.all().with("cluster", f.subject()).toString();
    }

    /** Of a story's place on the page. */
    static String anchor(Story story) {
        return "story-" + story.id().replaceAll("\\s", "_");
    }

    /** Whether a heatmap would hide what the finding's images are shown for. */
    static boolean showsTheScene(Finding f) {
        return f.kind().isShortcut() || f.is(FindingKind.SCENE_CORRELATION);
    }

    /** Of a file whose interval has no width, as older programs made them where nothing overlaps, it is left out. */
    private static String interval(double low, double high) {
        return Double.isFinite(low) && Double.isFinite(high) && low < high
                ? Numbers.plain(low) + " to " + Numbers.plain(high)
                : Numbers.NONE;
    }

    /** Its sentence without figures that belong to how sure it is. */
    private static String plain(Finding f, Isolated isolated) {
        return isolated.in(Numbers.in(DELTA.matcher(f.text()).replaceAll("")));
    }

    private static Sure sure(Finding f, Isolated isolated) {
        return new Sure(numbers(f), isolated.in(f.kind().meaning()), FindingWords.of(f));
    }

    private static String numbers(Finding f) {
        String tests = (f.p().isEmpty() ? "" : ", " + Numbers.probability("p", f.p().getAsDouble()))
                + (f.q().isEmpty() ? "" : ", " + Numbers.probability("q", f.q().getAsDouble()));
        String interval = interval(f.low(), f.high());
        String within = interval.equals(Numbers.NONE) ? "" : Numbers.in(" (95 % interval " + interval + ")");
        String effect = f.text().contains("Cliff's delta") ? "Cliff's delta " : "effect ";
        return (Double.isFinite(f.effect()) ? effect + Numbers.plain(f.effect()) + within + tests + ", " : "") + "n = "
                + Numbers.count(f.n());
    }

    private static FindingView story(
            Story story,
            boolean group,
            Optional<CounterfactualSection> counterfactuals,
            Optional<Interventions> interventions,
            List<TestedEffect> tests,
            @Nullable String caution,
            Set<String> predicted,
            Isolated isolated) {
        Finding f = story.first();
        FindingKind kind = f.kind();
        List<FindingLine> others = story.others().stream()
                .map(other -> line(other, caution, predicted, isolated))
                .toList();
        boolean alike = f.is(FindingKind.LOCALISATION_OF_ERRORS);
        return new FindingView(
                f.id(),
                new Told(anchor(story), ids(story)),
                story.severity().text(),
                f.grade() == null ? null : f.grade().text(),
                kind.anchor(),
                kind.title(),
                FindingSubject.title(f.kind(), f.subject()),
                plain(f, isolated),
                sure(f, isolated),
                isolated.in(Numbers.in(f.advice())),
                f.evidence().size(),
                showsTheScene(f),
                group ? cluster(f) : null,
                HeatmapCaution.concerns(kind) ? caution : null,
                counterfactuals
                        .filter(section -> f.is(FindingKind.BACKGROUND_SHORTCUT))
                        .flatMap(section -> interventions)
                        .flatMap(BackgroundSection::control)
                        .orElse(null),
                counterfactuals
                        .flatMap(section -> Reason.of(f).map(reason -> section.of(f.subject(), reason, interventions)))
                        .orElse(List.of()),
                counterfactuals.isEmpty()
                        ? List.of()
                        : Unconfirmed.of(interventions, tests, f.subject()).stream()
                                .map(isolated::in)
                                .toList(),
                alike ? others : List.of(),
                alike ? List.of() : others);
    }

    /** Of all findings of a story, as a list in JSON. */
    private static String ids(Story story) {
        return story.findings().stream()
                .map(finding -> '"' + finding.id().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "[", "]"));
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
                : Numbers.count(known.length - possible.length) + " of " + Numbers.count(tests.size()) + ": none";
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
                share(
                        t.detectable(),
                        t.detectable() <= LARGEST || Double.isNaN(t.detectable())
                                ? Numbers.plain(t.detectable())
                                : "none"),
                found.contains(id(t)) ? "yes" : "no");
    }

    private static Share share(double value, String text) {
        return new Share(Double.isFinite(value) ? Double.toString(value) : "", text);
    }
}
