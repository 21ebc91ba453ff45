package org.gazecheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.report.page.Page.ScreenedRow;
import org.gazecheck.report.page.Page.Shortcuts;
import org.gazecheck.report.page.Page.Tried;
import org.gazecheck.report.page.Page.TriedClass;
import org.gazecheck.report.page.Page.TriedRow;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.NaturalWitness;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Interventions.Screened;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.TestedEffect;
import org.jspecify.annotations.Nullable;

/** What may be a shortcut, what was tried of it and what came of that, in the words of the page. */
final class ShortcutSection {
    private static final Tried UNTRIED = new Tried(Numbers.NONE, null);

    private ShortcutSection() {}

    /**
     * @param classes of the data set
     * @param tests of the audit, which know what could have been found
     * @param counterfactuals stand here for what no finding shows them of
     */
    static Shortcuts of(
            Interventions interventions,
            List<TestedEffect> tests,
            List<String> classes,
            CounterfactualSection counterfactuals) {
        return new Shortcuts(
                lead(interventions),
                interventions.shortcuts().stream()
                        .map(shortcut -> row(shortcut, tests))
                        .toList(),
                interventions.shortcuts().stream()
                        .filter(shortcut -> shortcut.grade() == null)
                        .map(shortcut -> new TriedClass(
                                shortcut.name(),
                                shortcut.detail(),
                                counterfactuals.of(shortcut.name(), shortcut.reason(), Optional.of(interventions))))
                        .filter(tried -> !tried.pictures().isEmpty())
                        .toList(),
                interventions.screened().stream().map(ShortcutSection::screened).toList(),
                "Not tried: " + Numbers.count(interventions.screened().size()),
                Stream.concat(
                                interventions.notSought().stream().map(kind -> "Not looked for: " + kind + "."),
                                Unconfirmed.nothing(Optional.of(interventions), classes).stream())
                        .toList());
    }

    private static String lead(Interventions interventions) {
        int tried = interventions.shortcuts().size();
        if (tried == 0) {
            return "In training no class goes with anything that could be tried: no background, patch, object or property of"
                    + " images tells it from the others.";
        }
        return (tried == 1 ? "One possible shortcut was" : Numbers.count(tried) + " possible shortcuts were")
                + " tried: what a class goes with in training. That alone proves nothing. So it was put on images of other"
                + " classes, and taken off those that have it, on val and test, each time against a control: the same"
                + " edit without it, or where there is none one of another kind that costs as much confidence.";
    }

    private static TriedRow row(Shortcut shortcut, List<TestedEffect> tests) {
        return new TriedRow(
                shortcut.name(),
                shortcut.detail(),
                share(shortcut),
                attracts(shortcut),
                needs(shortcut),
                repairs(shortcut),
                natural(shortcut.natural()),
                shortcut.grade() == null ? null : shortcut.grade().text(),
                nothing(shortcut),
                shortcut.grade() == null && shortcut.explainedBy() == null
                        ? Detectable.of(shortcut, tests).orElse(null)
                        : null);
    }

    private static String nothing(Shortcut shortcut) {
        if (shortcut.explainedBy() != null) {
            return "explained by " + shortcut.explainedBy() + ", which the same images have";
        }
        if (shortcut.attracts() != null) {
            return "nothing found";
        }
        return shortcut.needs() == null && shortcut.repairs() == null
                ? "too few images to try"
                : "too few images to put it on; taken off, nothing found";
    }

    private static Tried share(Shortcut shortcut) {
        return new Tried(
                Numbers.percent(shortcut.share()),
                Double.isNaN(shortcut.others())
                        ? Numbers.percent(shortcut.expected()) + " of all, the class among them"
                        : "of other classes' " + Numbers.percent(shortcut.others()));
    }

    private static Tried attracts(Shortcut shortcut) {
        PairedEffect effect = shortcut.attracts();
        return effect == null ? UNTRIED : tried(effect.with(), shortcut.reason().without(), effect.without(), effect);
    }

    private static Tried needs(Shortcut shortcut) {
        PairedEffect effect = shortcut.needs();
        return effect == null
                ? UNTRIED
                : tried(1 - effect.without(), shortcut.reason().kept(), 1 - effect.with(), effect);
    }

    /** Taken off errors, and put on images that are missed, as far as these were tried. */
    private static List<Tried> repairs(Shortcut shortcut) {
        List<Tried> all = new ArrayList<>();
        PairedEffect repairs = shortcut.repairs();
        if (repairs != null) {
            all.add(tried(
                    repairs.without(),
                    "of errors, taken off; " + shortcut.reason().kept(),
                    repairs.with(),
                    repairs));
        }
        PairedEffect rescues = shortcut.rescues();
        if (rescues != null) {
            all.add(tried(
                    rescues.with(), "of its own, put on; " + shortcut.reason().without(), rescues.without(), rescues));
        }
        return all.isEmpty() ? List.of(UNTRIED) : all;
    }

    private static Tried tried(double changed, String control, double unchanged, PairedEffect effect) {
        return new Tried(
                Numbers.percent(changed),
                control + " " + Numbers.percent(unchanged) + " (n = "
                        + Numbers.count(effect.difference().n()) + ", " + Numbers.probability("q", effect.q()) + ")");
    }

    private static Tried natural(@Nullable NaturalWitness natural) {
        return natural == null
                ? UNTRIED
                : new Tried(
                        Numbers.count(natural.carriersCalled()) + " of " + Numbers.count(natural.carriers()),
                        "of others " + Numbers.count(natural.othersCalled()) + " of " + Numbers.count(natural.others())
                                + " (" + Numbers.probability("q", natural.q()) + ")");
    }

    private static ScreenedRow screened(Screened screened) {
        return new ScreenedRow(
                screened.name(),
                screened.detail(),
                Numbers.percent(screened.share()),
                Double.isNaN(screened.others()) ? Numbers.NONE : Numbers.percent(screened.others()),
                screened.why());
    }
}
