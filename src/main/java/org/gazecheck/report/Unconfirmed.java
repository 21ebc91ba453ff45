package org.gazecheck.report;

import java.util.List;
import java.util.Optional;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Interventions.Shortcut;

/** What was tried as a shortcut and not confirmed, each with its figures in a sentence, however large they are. */
final class Unconfirmed {
    private Unconfirmed() {}

    /** Of all classes. */
    static List<String> of(Optional<Interventions> interventions) {
        return interventions.stream()
                .flatMap(of -> of.shortcuts().stream())
                .filter(shortcut -> shortcut.grade() == null)
                .map(Unconfirmed::sentence)
                .toList();
    }

    /** Of one class. */
    static List<String> of(Optional<Interventions> interventions, String name) {
        return interventions.stream()
                .flatMap(of -> of.shortcuts().stream())
                .filter(shortcut -> shortcut.grade() == null && shortcut.name().equals(name))
                .map(Unconfirmed::sentence)
                .toList();
    }

    private static String sentence(Shortcut shortcut) {
        return Numbers.in(shortcut.name() + " by " + shortcut.detail() + ": " + figures(shortcut)
                + (shortcut.explainedBy() == null
                        ? "."
                        : "; explained by " + shortcut.explainedBy() + ", which the same images have."));
    }

    private static String figures(Shortcut shortcut) {
        PairedEffect attracts = shortcut.attracts();
        if (attracts != null) {
            return Numbers.percent(attracts.with()) + " of other classes called it "
                    + shortcut.reason().with() + ", " + Numbers.percent(attracts.without()) + " "
                    + shortcut.reason().without() + count(attracts);
        }
        PairedEffect needs = shortcut.needs();
        return needs == null
                ? "too few images to try"
                : "too few images to put it on; of its own " + Numbers.percent(1 - needs.without()) + " missed "
                        + shortcut.reason().taken() + ", " + Numbers.percent(1 - needs.with()) + " "
                        + shortcut.reason().kept() + count(needs);
    }

    private static String count(PairedEffect effect) {
        return " (n = " + Numbers.count(effect.difference().n()) + ")";
    }
}
