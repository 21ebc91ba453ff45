package org.gazecheck.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.gazecheck.report.page.Page.Cut;
import org.gazecheck.report.page.Page.Pair;
import org.gazecheck.report.page.Page.Picture;
import org.gazecheck.report.page.Page.Pictures;
import org.gazecheck.report.page.Page.Proof;
import org.gazecheck.report.page.Page.Untouched;
import org.gazecheck.results.Counterfactual;
import org.gazecheck.results.CroppedMark;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Counterfactual images, and what was put on or taken off in them, in the words of the page.
 *
 * @param crops what was put on or taken off
 * @param sources where the page finds an image, by its name
 * @param untouched what the page has of the images that they are made of
 */
record CounterfactualSection(
        List<Counterfactual> images,
        List<CroppedMark> crops,
        UnaryOperator<String> sources,
        UntouchedImages untouched,
        Isolated isolated) {
    private static final float SURE = 0.9f;

    /** What was made of one class for one reason; may be empty. */
    List<Pictures> of(String subject, Reason reason, Optional<Interventions> interventions) {
        Optional<Shortcut> shortcut = interventions.stream()
                .flatMap(all -> all.shortcuts().stream())
                .filter(each -> each.name().equals(subject) && each.reason() == reason)
                .findFirst();
        boolean estimated = interventions.map(Interventions::estimatedMasks).orElse(false);
        List<Pictures> parts = new ArrayList<>(cutOut(subject, reason, estimated));
        for (Counterfactual.Swap swap : Counterfactual.Swap.values()) {
            List<Counterfactual> made = images.stream()
                    .filter(p -> p.subject().equals(subject) && p.reason() == reason && p.swap() == swap)
                    .toList();
            if (!made.isEmpty()) {
                boolean put = swap == Counterfactual.Swap.PUT;
                boolean none = made.stream().noneMatch(p -> p.predicted().equals(subject) == put);
                parts.add(new Pictures(
                        put
                                ? "Images of other classes " + reason.with() + ", and " + reason.without()
                                : "Its own images " + reason.taken() + ", and " + reason.kept(),
                        shortcut.map(found -> rate(reason, put ? found.attracts() : found.needs(), put))
                                        .orElse("")
                                + "Shown are " + made.size()
                                + ", those first that are predicted as it with it only, and of these those "
                                + (put ? "most" : "least")
                                + " predicted as it"
                                + (none ? put ? ", though none of them is" : ", though all of them are" : "")
                                + ": examples and no measure. What counts are the rates over all, given first."
                                + (put ? "" : otherwise(made)),
                        List.of(),
                        made.stream()
                                .sorted(Comparator.comparing(p -> !turns(p, subject)))
                                .map(this::pair)
                                .toList()));
            }
        }
        return parts;
    }

    /** Images that are surely called another class without it may be of that class. */
    private static String otherwise(List<Counterfactual> removed) {
        return removed.stream().anyMatch(p -> !p.predicted().equals(p.label()) && p.pPredicted() >= SURE)
                ? " What is surely called another class once it is off may be of that class, with a wrong label that the"
                        + " shortcut makes look right: look at it."
                : "";
    }

    /**
     * The images of other classes that are predicted as the subject with what makes it so, and are not without: those first that are right
     * without, and as they are.
     */
    List<Proof> proofs(String subject, Reason reason) {
        return images.stream()
                .filter(p -> p.subject().equals(subject) && p.reason() == reason)
                .filter(p -> p.swap() == Counterfactual.Swap.PUT)
                .filter(p -> p.predicted().equals(subject) && !p.otherwise().equals(subject))
                .sorted(Comparator.comparing(
                                (Counterfactual p) -> !p.otherwise().equals(p.label()))
                        .thenComparing(p -> untouched.of(p.object()).stream().anyMatch(Untouched::wrong)))
                .map(p -> new Proof(subject, pair(p)))
                .toList();
    }

    /** Whether just one of both is predicted as the subject. */
    private static boolean turns(Counterfactual made, String subject) {
        return made.predicted().equals(subject) != made.otherwise().equals(subject);
    }

    /** What it is; empty where nothing shows it. */
    private List<Pictures> cutOut(String subject, Reason reason, boolean estimated) {
        List<CroppedMark> shown = crops.stream()
                .filter(crop -> crop.subject().equals(subject) && crop.reason() == reason)
                .toList();
        if (shown.isEmpty()) {
            return List.of();
        }
        boolean own = shown.stream().allMatch(crop -> crop.label().equals(subject));
        return List.of(new Pictures(
                isolated.in("What it is: cut out of images of " + subject + (own ? "" : " and of other classes")),
                "It is in the middle of each, or as near to it as the image's border leaves room for, with a little around"
                        + " it. Those most alike come first."
                        + (estimated
                                ? " Masks are estimated here: where the pieces show " + subject
                                        + " itself, they are of what the masks left out of it."
                                : ""),
                shown.stream()
                        .map(crop -> new Cut(sources.apply(crop.image()), crop.label(), crop.source()))
                        .toList(),
                List.of()));
    }

    private static String rate(Reason reason, @Nullable PairedEffect effect, boolean put) {
        if (effect == null) {
            return "";
        }
        String tried = Numbers.count(effect.difference().n()) + " images were tried: ";
        String rates = put
                ? String.format(
                        Locale.ROOT,
                        "%s are predicted as it %s, %s %s. ",
                        Numbers.percent(effect.with()),
                        reason.with(),
                        Numbers.percent(effect.without()),
                        reason.without())
                : String.format(
                        Locale.ROOT,
                        "%s are missed %s, %s %s. ",
                        Numbers.percent(1 - effect.without()),
                        reason.taken(),
                        Numbers.percent(1 - effect.with()),
                        reason.kept());
        return tried + rates + drawn(effect, put);
    }

    /** Why as many were tried. */
    private static String drawn(PairedEffect effect, boolean put) {
        int tried = effect.difference().n();
        String of = put ? "images of other classes" : "its own images";
        String all = "the " + Numbers.count(effect.objects()) + " " + of
                + " of the sample of val and test on which it could be tried";
        return (tried == effect.objects()
                        ? "That is all " + of + " of the sample of val and test on which it could be tried"
                        : effect.stopped()
                                ? "They are the first of " + all + "; nothing moved, so no more were tried"
                                : "They are drawn from " + all + ", which keeps the audit short")
                + (effect.draws() == 1 ? ". " : ", each " + effect.draws() + " times. ");
    }

    private Pair pair(Counterfactual p) {
        boolean put = p.swap() == Counterfactual.Swap.PUT;
        Reason reason = p.reason();
        return new Pair(
                p.label(),
                p.object(),
                untouched.of(p.object()).orElse(null),
                new Picture(
                        sources.apply(p.image()),
                        put ? reason.with() : reason.taken(),
                        p.predicted(),
                        Numbers.softmax(p.pPredicted()),
                        !p.predicted().equals(p.label()),
                        p.source()),
                new Picture(
                        sources.apply(p.otherImage()),
                        put ? reason.without() : reason.kept(),
                        p.otherwise(),
                        Numbers.softmax(p.pOtherwise()),
                        !p.otherwise().equals(p.label()),
                        p.otherSource()));
    }
}
