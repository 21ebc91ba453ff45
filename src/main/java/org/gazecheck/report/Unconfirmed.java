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
        PairedEffect effect = shortcut.attracts();
        String figures = effect == null
                ? "too few images to try"
                : Numbers.percent(effect.with()) + " of other classes called it "
                        + shortcut.reason().with() + ", "
                        + Numbers.percent(effect.without()) + " "
                        + shortcut.reason().without() + " (n = "
                        + Numbers.count(effect.difference().n()) + ")";
        return Numbers.in(shortcut.name() + " by " + shortcut.detail() + ": " + figures
                + (shortcut.explainedBy() == null
                        ? "."
                        : "; explained by " + shortcut.explainedBy() + ", which the same images have."));
    }
}
