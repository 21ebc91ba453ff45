package org.gazecheck.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.gazecheck.report.Headline.Evaluated;
import org.gazecheck.report.page.Page;
import org.gazecheck.report.page.Page.Answer;
import org.gazecheck.report.page.Page.Cell;
import org.gazecheck.report.page.Page.ClassRow;
import org.gazecheck.report.page.Page.ClassTable;
import org.gazecheck.report.page.Page.Confused;
import org.gazecheck.report.page.Page.Confusions;
import org.gazecheck.report.page.Page.Counted;
import org.gazecheck.report.page.Page.Fact;
import org.gazecheck.report.page.Page.Gallery;
import org.gazecheck.report.page.Page.Reliability;
import org.gazecheck.report.page.Page.Signing;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Split;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.results.SplitMetrics.ClassMetrics;
import org.gazecheck.review.MergedVerdicts;
import org.gazecheck.review.ReviewSummary;
import org.jspecify.annotations.Nullable;

/** Puts results into the words and coordinates of the page. */
final class PageBuilder {
    private static final int PAIRS = 20;

    private final ReportInput input;
    private final Selection selection;
    private final ShownImages shown;
    private final CounterfactualSection counterfactuals;
    private final Headline headline;
    private final Isolated isolated;
    private final boolean single;

    /**
     * @param pictures where the page finds a picture that an intervention made, by its name
     * @param untouched what these were made of
     * @param single whether everything is in one file
     */
    PageBuilder(
            ReportInput input,
            Selection selection,
            ShownImages shown,
            UnaryOperator<String> pictures,
            UntouchedImages untouched,
            boolean single) {
        this.single = single;
        this.input = input;
        this.selection = selection;
        this.shown = shown;
        this.isolated = new Isolated(input.classes());
        this.counterfactuals = new CounterfactualSection(
                input.counterfactuals().pictures(), input.counterfactuals().crops(), pictures, untouched, isolated);
        this.headline = new Headline(input.metrics(), input.configuration().expect(), input.baseline());
    }

    /**
     * @param id ties the page to its data script
     * @param maps whether any image has a heatmap
     */
    Page build(String id, boolean maps) {
        Optional<Evaluated> primary = headline.primary();
        Optional<LocalisationSummary> localisation = primary.flatMap(
                evaluated -> LocalisationSummary.of(input.localisation(), input.predictions(), evaluated.split()));
        Answer answer = AnswerSection.of(input, counterfactuals, isolated);
        return new Page(
                id,
                title(),
                subtitle(),
                answer,
                StoryCards.of(input, counterfactuals, answer.proof()),
                StoryCards.all(input.findings()),
                HeatmapCaution.of(input.findings()).orElse(null),
                isolated.in(Numbers.in(headline.verdict(
                        input.classes().size(),
                        input.predictions().size(),
                        localisation,
                        input.findings(),
                        !input.localisation().isEmpty()))),
                headline.cautions(),
                signing(),
                headline.cards(),
                MissingParts.of(input),
                localisation.map(of -> of.looks(input.masks().origin())).orElse(null),
                input.heatmapQuality().map(HeatmapQualitySection::of).orElse(null),
                input.mitigation()
                        .map(mitigation ->
                                MendedSection.of(mitigation, MendedPictures.of(input, mitigation.split(), shown)))
                        .orElse(null),
                input.interventions()
                        .map(interventions -> ShortcutSection.of(
                                interventions, input.findings().tests(), input.classes(), counterfactuals))
                        .orElse(null),
                input.interventions().flatMap(BackgroundSection::of).orElse(null),
                FindingSection.of(input, localisation.isPresent(), counterfactuals, isolated),
                gallery(maps),
                Charts.curves(input.epochs()),
                reliability(input.metrics()),
                primary.map(PageBuilder::confusions).orElse(null),
                primary.map(PageBuilder::classes).orElse(null),
                DataSection.of(input, shown.positions(), isolated),
                input.provenance().entries().stream()
                        .map(e -> new Fact(
                                e.label().equals("Calibration") ? "Speed of this machine" : e.label(), e.value()))
                        .toList(),
                stages(),
                limits(),
                "./gazecheck reproduce " + input.configuration().output().dir(),
                ConfigurationLines.of(input.configuration()));
    }

    /** A mended run has the name of the one that it mends. */
    private String title() {
        return input.mitigation().isPresent() ? input.title() + ", mended" : input.title();
    }

    private String subtitle() {
        return Numbers.count(input.classes().size()) + " classes, "
                + Numbers.count(input.predictions().size()) + " predictions, "
                + (input.configuration().external().model() == null
                        ? "images at " + input.configuration().model().size() + " px"
                        : "a network trained elsewhere")
                + ", seed "
                + input.configuration().seed()
                + (onlyNew() || input.metrics().test() != null ? "" : "; test was not evaluated")
                + (onlyNew() || input.metrics().val() != null ? "" : "; val was not evaluated");
    }

    private Signing signing() {
        MergedVerdicts verdicts = input.review().verdicts();
        String run = input.review().run();
        String review = verdicts.verdicts().isEmpty()
                ? null
                : ReviewSummary.of(verdicts, input.predictions(), run).text();
        String folder = input.configuration().output().dir().toString();
        Optional<Signature> signed = input.review().signature();
        if (signed.isEmpty()) {
            return new Signing("open", "Not signed off.", null, "", "", review, folder);
        }
        Signature signature = signed.get();
        String past = signature.decision().past();
        boolean valid = signature.validFor(run);
        String state = !valid ? "open" : signature.decision() == Signature.Decision.REJECT ? "wrong" : "right";
        return new Signing(
                state,
                valid
                        ? past.substring(0, 1).toUpperCase(Locale.ROOT) + past.substring(1) + " by "
                        : "Not signed off: the run changed after it was " + past + " by ",
                signature.reviewer(),
                " at " + signature.time() + (signature.comment().isBlank() ? "." : ": "),
                signature.comment().strip(),
                review,
                folder);
    }

    private Gallery gallery(boolean maps) {
        List<Prediction> there =
                shown.rows().stream().map(input.predictions()::get).toList();
        int all = input.predictions().size();
        String lead = there.size() == all
                ? "All " + Numbers.count(all) + " predictions of " + splits() + ", " + errors(there) + "."
                : Numbers.count(there.size()) + " of " + Numbers.count(all) + " predictions "
                        + (single ? "are in this file" : "(report.galleryImages)") + ", " + errors(there)
                        + (there.stream().allMatch(p -> p.wrong()) ? "" : "; of the others " + others()) + ".";
        boolean masks = input.localisation().stream().anyMatch(a -> Double.isFinite(a.massAccuracy()));
        return new Gallery(lead, maps, masks);
    }

    private boolean onlyNew() {
        return !input.predictions().isEmpty() && input.predictions().stream().allMatch(p -> p.split() == Split.NEW);
    }

    private String splits() {
        return input.predictions().stream()
                .map(p -> p.split().text())
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    private String others() {
        return (selection.correct().isEmpty() ? "" : "a sample that is spread over the classes, and ")
                + "those that findings, signing and reviewers name";
    }

    private String errors(List<Prediction> there) {
        long wrong = there.stream().filter(p -> p.wrong()).count();
        if (wrong == 0) {
            return "none of them an error";
        }
        return wrong == selection.allErrors()
                ? Numbers.count(wrong) + (wrong == 1 ? " of them an error" : " of them errors")
                : Numbers.count(wrong) + " of the " + Numbers.count(selection.allErrors())
                        + " errors among them, the most confident in any case";
    }

    private static List<Reliability> reliability(Metrics metrics) {
        List<Reliability> charts = new ArrayList<>();
        if (metrics.test() != null) {
            charts.add(Charts.reliability(Split.TEST.text(), metrics.test(), metrics.calibration()));
        }
        if (metrics.val() != null) {
            charts.add(Charts.reliability(Split.VAL.text(), metrics.val(), metrics.calibration()));
        }
        return charts;
    }

    private static Confusions confusions(Evaluated evaluated) {
        SplitMetrics metrics = evaluated.metrics();
        Map<String, Integer> support = metrics.classes().stream()
                .collect(Collectors.toMap(ClassMetrics::name, ClassMetrics::support, Integer::sum, HashMap::new));
        GalleryAddress errors =
                GalleryAddress.of("error").with("split", evaluated.split().text());
        int most =
                metrics.confusions().isEmpty() ? 1 : metrics.confusions().get(0).count();
        List<Confused> pairs = metrics.confusions().stream()
                .limit(PAIRS)
                .map(c -> new Confused(
                        c.label(),
                        c.predicted(),
                        c.count(),
                        errors.with("label", c.label())
                                .with("predicted", c.predicted())
                                .toString(),
                        Numbers.percent((double) c.count() / support.getOrDefault(c.label(), 0)),
                        Numbers.coordinate(100.0 * c.count() / most)))
                .toList();
        int left = metrics.confusions().size() - pairs.size();
        return new Confusions(
                evaluated.split().text(), pairs, left > 0 ? "and " + Numbers.count(left) + " more pairs" : null);
    }

    private static ClassTable classes(Evaluated evaluated) {
        String split = evaluated.split().text();
        GalleryAddress all = GalleryAddress.all().with("split", split);
        GalleryAddress correct = GalleryAddress.of("correct").with("split", split);
        List<ClassRow> rows = evaluated.metrics().classes().stream()
                .map(c -> new ClassRow(
                        c.name(),
                        new Counted(c.support(), all.with("label", c.name()).toString()),
                        new Counted(
                                c.predicted(), all.with("predicted", c.name()).toString()),
                        new Counted(c.correct(), correct.with("label", c.name()).toString()),
                        cell(c.recall()),
                        cell(c.precision()),
                        cell(c.f1(), null)))
                .toList();
        return new ClassTable(split, rows);
    }

    private static Cell cell(Figure figure) {
        boolean known = figure != null && Double.isFinite(figure.value());
        return known ? cell(figure.value(), Numbers.percentInterval(figure)) : new Cell("", Numbers.NONE, "", "0");
    }

    private static Cell cell(double share, @Nullable String interval) {
        return Double.isFinite(share)
                ? new Cell(
                        Double.toString(share),
                        Numbers.fixed(100 * share, 1),
                        interval,
                        Numbers.coordinate(100 * share))
                : new Cell("", Numbers.NONE, interval, "0");
    }

    /** What the figures do not say: a model card's limits of use. */
    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        limits.add("It knows " + Numbers.count(input.classes().size())
                + " classes and no others: an image of anything else is predicted as one of them.");
        limits.add("The figures hold for images like those of this data set; for other cameras, places or seasons they"
                + " were not measured.");
        if (input.metrics().val() != null && input.metrics().test() != null) {
            limits.add("Settings, the epoch kept and the temperature were chosen on val: only test is untouched by"
                    + " choices.");
        }
        if (input.heatmapQuality().isEmpty()) {
            limits.add("How good its heatmaps are was not tested here.");
        }
        boolean masks = input.localisation().stream().anyMatch(a -> Double.isFinite(a.massAccuracy()));
        if (!masks) {
            limits.add(LocalisationSummary.none(input.masks().origin())
                    + ": nothing is known about localisation on and off the object.");
        } else if (input.interventions().map(Interventions::estimatedMasks).orElse(false)) {
            limits.add("Masks are estimates: localisation and background swaps are only as accurate as they are.");
        }
        return limits;
    }

    private List<Fact> stages() {
        List<Fact> facts = new ArrayList<>();
        double total = 0;
        for (Provenance.StageTime stage : input.provenance().stages()) {
            facts.add(new Fact(stage.stage(), Numbers.duration(stage.seconds())));
            total += stage.seconds();
        }
        if (!facts.isEmpty()) {
            facts.add(new Fact("together", Numbers.duration(total)));
        }
        return facts;
    }
}
