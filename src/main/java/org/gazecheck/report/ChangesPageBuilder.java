package org.gazecheck.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.compare.ComparisonSentence;
import org.gazecheck.compare.ComparisonText;
import org.gazecheck.compare.Composition;
import org.gazecheck.compare.Family;
import org.gazecheck.compare.FindingsChange;
import org.gazecheck.compare.Measurement;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.compare.Measurement.NotApplicable;
import org.gazecheck.compare.MeasurementText;
import org.gazecheck.compare.NewImages;
import org.gazecheck.compare.PairedComparison;
import org.gazecheck.compare.RunComparison;
import org.gazecheck.compare.RunResults;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Printable;
import org.gazecheck.metric.MetricId;
import org.gazecheck.report.page.ChangesPage;
import org.gazecheck.report.page.ChangesPage.Gallery;
import org.gazecheck.report.page.ChangesPage.Gate;
import org.gazecheck.report.page.ChangesPage.Listing;
import org.gazecheck.report.page.ChangesPage.Look;
import org.gazecheck.report.page.ChangesPage.Part;
import org.gazecheck.report.page.ChangesPage.Picture;
import org.gazecheck.report.page.ChangesPage.Row;
import org.gazecheck.report.page.Parts;
import org.gazecheck.results.Finding;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.RunVerdict;

/** Changes as the page shows them. */
final class ChangesPageBuilder {
    private static final int PICTURES = 60;
    private static final int LISTED = 50;
    private static final int LONGEST = 160;

    private final Changes changes;

    ChangesPageBuilder(Changes changes) {
        this.changes = changes;
    }

    ChangesPage build(String style) {
        List<Part> parts = new ArrayList<>();
        changes.models().ifPresent(comparison -> {
            parts.add(paired(comparison));
            if (comparison.newImages().images() > 0) {
                parts.add(fresh(comparison));
            }
            parts.add(data(comparison.composition()));
        });
        changes.newImages().ifPresent(comparison -> parts.add(fresh(comparison)));
        return new ChangesPage(
                Parts.inside(style, "", "").policy(),
                style,
                Printable.of(changes.title()),
                subtitle(),
                sentence(),
                verdict(),
                changes.report().orElse(null),
                changes.all().orElse(null),
                changes.verdict().map(ChangesPageBuilder::gates).orElse(List.of()),
                parts,
                changes.warnings().stream().map(Printable::of).toList());
    }

    /** What the comparisons come to. */
    private String sentence() {
        return Stream.concat(
                        changes.models().map(ComparisonSentence::of).stream(),
                        changes.newImages().map(ComparisonSentence::onNewImages).stream())
                .collect(Collectors.joining(" "));
    }

    private String subtitle() {
        return changes.models()
                .map(comparison -> "Before: " + name(comparison.reference()) + ". Now: " + name(comparison.later())
                        + ". " + (comparison.sameModel() ? "The model is the same." : "The model is another one."))
                .or(() -> changes.newImages().map(comparison -> "Model: " + name(comparison.reference()) + "."))
                .orElse("Nothing was compared.");
    }

    private static String name(RunResults run) {
        return Printable.of(run.manifest().name())
                + run.manifest()
                        .modelHash()
                        .map(hash -> " (model " + hash.substring(0, Math.min(8, hash.length())) + ")")
                        .orElse("");
    }

    private String verdict() {
        if (changes.verdict().isEmpty()) {
            return "";
        }
        GateVerdict verdict = changes.verdict().get();
        long failed = verdict.count(GateOutcome.FAILED);
        long of = verdict.gates().size();
        String gates = failed == 0
                ? "No gate failed in a new way."
                : Numbers.count(failed) + " of " + Numbers.count(of) + (of == 1 ? " gate" : " gates") + " failed.";
        RunVerdict network = verdict.network();
        return gates + (network == null ? "" : " The network's " + Printable.of(network.line()));
    }

    /** What failed first. */
    private static List<Gate> gates(GateVerdict verdict) {
        return Stream.of(
                        GateOutcome.FAILED,
                        GateOutcome.WARNED,
                        GateOutcome.PERSISTING,
                        GateOutcome.ACKNOWLEDGED,
                        GateOutcome.NOT_APPLICABLE,
                        GateOutcome.PASSED)
                .flatMap(outcome -> verdict.gates().stream().filter(gate -> gate.outcome() == outcome))
                .map(ChangesPageBuilder::gate)
                .toList();
    }

    private static Gate gate(GateResult result) {
        String weight =
                switch (result.outcome()) {
                    case FAILED -> "high";
                    case WARNED, PERSISTING -> "medium";
                    case ACKNOWLEDGED, NOT_APPLICABLE, PASSED -> "low";
                };
        return new Gate(
                result.rule(),
                result.level().text(),
                result.outcome().words(),
                weight,
                Printable.of(result.sentence()));
    }

    private Part paired(RunComparison comparison) {
        PairedComparison paired = comparison.paired();
        List<String> notes = new ArrayList<>();
        notes.add(Numbers.count(paired.images()) + " images are in both."
                + (paired.relabelled() == 0
                        ? ""
                        : " " + Numbers.count(paired.relabelled())
                                + " of them have another label now and say nothing here."));
        List<Listing> listings = new ArrayList<>();
        comparison.mitigation().ifPresent(mitigation -> mended(listings, mitigation));
        comparison.findings().ifPresent(change -> listings.addAll(findings(change)));
        return part(
                "same",
                "The same images",
                "Before",
                "Now",
                notes,
                paired.overall(),
                paired.classes(),
                List.of(gallery("Newly wrong", paired.newlyWrong()), gallery("Newly right", paired.newlyRight())),
                listings);
    }

    private static Part fresh(RunComparison comparison) {
        NewImages fresh = comparison.newImages();
        List<String> notes = new ArrayList<>();
        notes.add(Numbers.count(fresh.images()) + " images are new, " + Numbers.count(fresh.labelled())
                + " of them with a label"
                + fresh.split()
                        .map(split -> "; they stand beside " + split.text() + " of the earlier run.")
                        .orElse("."));
        List<Listing> listings = new ArrayList<>();
        listing(
                listings,
                "Classes with an unusual share of the new images",
                comparison.composition().unusual().stream()
                        .map(share -> share.label() + ": " + share.images() + " of " + share.newImages() + ", before "
                                + share.reference() + " of " + share.referenceImages())
                        .toList());
        List<Measurement> overall = new ArrayList<>(fresh.overall().measurements());
        overall.addAll(comparison.composition().mix().measurements());
        return part(
                "new",
                "New images",
                "Earlier ones",
                "New ones",
                notes,
                new Family("new images", overall),
                fresh.classes(),
                List.of(),
                listings);
    }

    private static Part data(Composition composition) {
        List<Listing> listings = new ArrayList<>();
        listing(listings, "Added", composition.added());
        listing(listings, "Vanished", composition.vanished());
        listing(listings, "Other content under the same path", composition.changed());
        listing(
                listings,
                "Left out now",
                composition.lost().stream()
                        .map(l -> l.path() + ": " + l.problem())
                        .toList());
        listing(
                listings,
                "Another label for the same image",
                composition.relabelled().stream()
                        .map(r -> r.path() + ": " + r.before() + " before, " + r.now() + " now")
                        .toList());
        List<String> notes = listings.isEmpty() ? List.of("The same images with the same labels.") : List.of();
        return new Part("data", "The data", "", "", notes, List.of(), "", List.of(), List.of(), listings);
    }

    private static Part part(
            String id,
            String title,
            String before,
            String now,
            List<String> notes,
            Family overall,
            Family classes,
            List<Gallery> galleries,
            List<Listing> listings) {
        List<Row> differing = classes.measured().stream()
                .filter(m -> m.differs(ComparisonText.LEVEL))
                .map(ChangesPageBuilder::row)
                .toList();
        int tested = classes.measured().size();
        String ofClasses = classes.measurements().isEmpty()
                ? ""
                : Numbers.count(tested) + " of "
                        + Numbers.count(classes.measurements().size())
                        + " classes could be tested; "
                        + (differing.isEmpty() ? "none differs." : Numbers.count(differing.size()) + " differ.");
        return new Part(
                id,
                title,
                before,
                now,
                notes,
                overall.measurements().stream().map(ChangesPageBuilder::row).toList(),
                ofClasses,
                differing,
                galleries.stream()
                        .filter(gallery -> !gallery.pictures().isEmpty())
                        .toList(),
                listings);
    }

    private static Row row(Measurement measurement) {
        String name = measurement.id().text();
        String words = Printable.of(title(measurement.id()));
        if (measurement instanceof NotApplicable none) {
            return new Row(name, words, "", "", "", "", "", "", "", none.because());
        }
        Measured measured = (Measured) measurement;
        MeasurementText text = new MeasurementText(measured);
        boolean differs = measured.differs(ComparisonText.LEVEL);
        String weight = !differs
                ? ChangesPage.SAME
                : switch (measured.direction()) {
                    case WORSE, OTHER -> "wrong";
                    case BETTER -> "right";
                    case HIGHER, LOWER, SAME -> "";
                };
        return new Row(
                name,
                words,
                Double.isNaN(measured.reference()) ? Numbers.NONE : text.before(),
                Double.isNaN(measured.value()) ? Numbers.NONE : text.now(),
                text.effect(),
                text.images(),
                MeasurementText.probability("q", measured.q()),
                differs ? text.verdict().toLowerCase(Locale.ROOT) : "no difference beyond chance",
                weight,
                null);
    }

    private static String title(MetricId id) {
        return id.metric().title() + id.ofClass().map(label -> ": " + label).orElse("");
    }

    private Gallery gallery(String title, List<PairedComparison.Flipped> flipped) {
        List<Picture> pictures =
                flipped.stream().limit(PICTURES).map(this::picture).toList();
        return new Gallery(
                title + ": " + Numbers.count(flipped.size()), pictures, more(flipped.size() - pictures.size()));
    }

    private Picture picture(PairedComparison.Flipped flipped) {
        List<Look> looks = looks(flipped);
        return new Picture(
                looks.isEmpty() ? source(flipped.path()).orElse(null) : null,
                Printable.of(flipped.path()),
                flipped.label(),
                flipped.before(),
                flipped.now(),
                Numbers.softmax(flipped.probability()),
                looks);
    }

    /** Both, where either has a heatmap. */
    private List<Look> looks(PairedComparison.Flipped flipped) {
        Look before = look("before", changes.before(), flipped.earlierPath());
        Look now = look("now", changes.now(), flipped.path());
        return before.source() == null && now.source() == null ? List.of() : List.of(before, now);
    }

    private static Look look(String when, Changes.Looks looks, String path) {
        Optional<String> picture;
        try {
            picture = looks.heatmap(path).map(image -> embedded(image));
        } catch (IOException e) {
            picture = Optional.empty();
        }
        return new Look(when, picture.orElse(null), looks.address(path).orElse(null));
    }

    /** A page without a picture is better than none. */
    private Optional<String> source(String path) {
        try {
            return Optional.of(embedded(changes.pictures().of(path)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String embedded(RgbImage image) {
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(Thumbnail.jpeg(image, LONGEST));
    }

    /** Each shortcut before and after, and what decided whether the mended run is recommended. */
    private static void mended(List<Listing> listings, Mitigation mitigation) {
        listing(
                listings,
                "Mended shortcuts",
                mitigation.shortcuts().stream()
                        .map(shortcut -> shortcut.name() + " by " + shortcut.detail() + ": "
                                + (shortcut.attracts() == null
                                        ? "too few images to try"
                                        : "put on other images, it adds "
                                                + points(shortcut.attracts().before())
                                                + " points of calls before, "
                                                + points(shortcut.attracts().after()) + " now"))
                        .toList());
        listing(
                listings,
                mitigation.recommended()
                        ? "Why the mended run is recommended"
                        : "Why the mended run is not recommended",
                mitigation.reasons());
    }

    private static String points(Interventions.PairedEffect effect) {
        return Numbers.fixed(100 * effect.difference().value(), 1);
    }

    private static List<Listing> findings(FindingsChange change) {
        List<Listing> listings = new ArrayList<>();
        listing(listings, "New findings", texts(change.appeared()));
        listing(
                listings,
                "Findings that are more severe than before",
                texts(change.persisting().stream()
                        .filter(FindingsChange.Persisting::graver)
                        .map(FindingsChange.Persisting::now)
                        .toList()));
        listing(listings, "Findings that are gone", texts(change.gone()));
        return listings;
    }

    private static List<String> texts(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.severity().text() + ", " + finding.id() + ": " + finding.text())
                .toList();
    }

    private static void listing(List<Listing> listings, String title, List<String> items) {
        if (!items.isEmpty()) {
            listings.add(new Listing(
                    title + ": " + Numbers.count(items.size()),
                    items.stream().limit(LISTED).map(Printable::of).toList(),
                    more(items.size() - LISTED)));
        }
    }

    private static String more(int more) {
        return more > 0 ? "And " + Numbers.count(more) + " more." : "";
    }
}
