package org.gazecheck.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.TestedEffect;

/** What was tried as a shortcut and not confirmed, each with its figures in a sentence, however large they are. */
final class Unconfirmed {
    private static final int NAMED = 12;

    private Unconfirmed() {}

    /**
     * Of all classes.
     *
     * @param tests of the audit, which know what could have been found
     */
    static List<String> of(Optional<Interventions> interventions, List<TestedEffect> tests) {
        return sentences(interventions, tests, shortcut -> true);
    }

    /** Of one class. */
    static List<String> of(Optional<Interventions> interventions, List<TestedEffect> tests, String name) {
        return sentences(interventions, tests, shortcut -> shortcut.name().equals(name));
    }

    /** Which classes nothing was tried of; empty where that is none, or where no shortcut was looked for. */
    static Optional<String> nothing(Optional<Interventions> interventions, List<String> classes) {
        List<String> free = interventions.stream()
                .flatMap(of -> classes.stream().filter(name -> of.shortcuts().stream()
                        .noneMatch(each -> each.name().equals(name))))
                .toList();
        return free.isEmpty()
                ? Optional.empty()
                : Optional.of("Of " + Numbers.count(free.size()) + " of " + Numbers.count(classes.size())
                        + " classes nothing was tried, as nothing goes with them closely enough in training, or only what is"
                        + " listed as not tried: "
                        + free.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (free.size() > NAMED ? " and " + Numbers.count(free.size() - NAMED) + " more" : "") + ".");
    }

    /** How many of them there were too few images for. */
    static long untried(Optional<Interventions> interventions) {
        return interventions.stream()
                .flatMap(of -> of.shortcuts().stream())
                .filter(shortcut -> shortcut.grade() == null && !wasTried(shortcut))
                .count();
    }

    private static List<String> sentences(
            Optional<Interventions> interventions, List<TestedEffect> tests, Predicate<Shortcut> which) {
        return interventions.stream()
                .flatMap(of -> of.shortcuts().stream())
                .filter(shortcut -> shortcut.grade() == null && which.test(shortcut))
                .map(shortcut -> sentence(shortcut, tests))
                .toList();
    }

    private static boolean wasTried(Shortcut shortcut) {
        return shortcut.attracts() != null || shortcut.needs() != null;
    }

    private static String sentence(Shortcut shortcut, List<TestedEffect> tests) {
        return Numbers.in(shortcut.name() + " by " + shortcut.detail() + ": " + figures(shortcut)
                + (shortcut.explainedBy() == null
                        ? Detectable.of(shortcut, tests)
                                .map(found -> "; " + found)
                                .orElse("")
                        : "; explained by " + shortcut.explainedBy() + ", which the same images have")
                + ".");
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
