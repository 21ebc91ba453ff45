package org.gazecheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.gazecheck.report.page.Page.Pair;
import org.gazecheck.report.page.Page.Picture;
import org.gazecheck.report.page.Page.Pictures;
import org.gazecheck.results.Counterfactual;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Interventions.Shortcut;
import org.jspecify.annotations.Nullable;

/**
 * Counterfactual images in the words of the page.
 *
 * @param sources where the page finds an image, by its name
 */
record CounterfactualSection(List<Counterfactual> images, UnaryOperator<String> sources) {
    /** What was made of one class; may be empty. */
    List<Pictures> of(String subject, Optional<Interventions> interventions) {
        Optional<Shortcut> shortcut = interventions.stream()
                .flatMap(all -> all.shortcuts().stream())
                .filter(each -> each.name().equals(subject))
                .findFirst();
        List<Pictures> parts = new ArrayList<>();
        for (Counterfactual.Swap swap : Counterfactual.Swap.values()) {
            List<Counterfactual> made = images.stream()
                    .filter(p -> p.subject().equals(subject) && p.swap() == swap)
                    .toList();
            if (!made.isEmpty()) {
                boolean behind = swap == Counterfactual.Swap.PUT;
                parts.add(new Pictures(
                        behind
                                ? "Objects of other classes pasted in front of its usual backgrounds, and in front of"
                                        + " others"
                                : "Its own objects pasted in front of other backgrounds, and in front of its usual"
                                        + " ones",
                        shortcut.map(found -> rate(behind ? found.attracts() : found.needs(), behind))
                                        .orElse("")
                                + "Shown are the clearest " + made.size() + ", those "
                                + (behind ? "most" : "least")
                                + " predicted as it: examples and no measure. What counts are the rates over all, given"
                                + " first.",
                        made.stream().map(this::pair).toList()));
            }
        }
        return parts;
    }

    private static String rate(@Nullable PairedEffect effect, boolean behind) {
        if (effect == null) {
            return "";
        }
        String rates = String.format(
                Locale.ROOT,
                behind
                        ? "%s objects were tried: %s are predicted as it in front of its backgrounds, %s in front of"
                                + " others. "
                        : "%s objects were tried: %s are missed in front of other backgrounds, %s in front of its"
                                + " own kind. ",
                Numbers.count(effect.difference().n()),
                Numbers.percent(behind ? effect.with() : 1 - effect.without()),
                Numbers.percent(behind ? effect.without() : 1 - effect.with()));
        return rates + drawn(effect, behind);
    }

    /** Why as many were tried. */
    private static String drawn(PairedEffect effect, boolean behind) {
        int tried = effect.difference().n();
        String of = behind ? "objects of other classes" : "its own objects";
        String all = "the " + Numbers.count(effect.objects()) + " " + of
                + " that could be segmented of the sample of val and test";
        return (tried == effect.objects()
                        ? "That is all " + of + " that could be segmented of the sample of val and test"
                        : effect.stopped()
                                ? "They are the first of " + all + "; nothing moved, so no more were tried"
                                : "They are drawn from " + all + ", which keeps the audit short")
                + ", each in front of "
                + (effect.draws() == 1 ? "one background" : effect.draws() + " backgrounds")
                + " of either kind. ";
    }

    private Pair pair(Counterfactual p) {
        boolean behind = p.swap() == Counterfactual.Swap.PUT;
        String usual = "in front of one of its usual backgrounds";
        String another = "in front of another background";
        if (behind) {
            usual = "in front of a usual background of " + p.subject();
        }
        return new Pair(
                p.label(),
                p.object(),
                new Picture(
                        sources.apply(p.image()),
                        behind ? usual : another,
                        p.predicted(),
                        Numbers.softmax(p.pPredicted()),
                        !p.predicted().equals(p.label()),
                        p.background()),
                new Picture(
                        sources.apply(p.otherImage()),
                        behind ? another : usual,
                        p.otherwise(),
                        Numbers.softmax(p.pOtherwise()),
                        !p.otherwise().equals(p.label()),
                        p.otherBackground()));
    }
}
