package org.gazecheck.mitigate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gazecheck.audit.intervention.ShortcutImages;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Mitigation.Change;
import org.gazecheck.results.Mitigation.ChangedEffect;
import org.gazecheck.results.Mitigation.ShortcutChange;

/**
 * Whether a mended run is recommended in place of the one that it mends: when every mended shortcut's effect is below the least that
 * counts, and neither accuracy nor that of any class fell clearly.
 *
 * @param reasons a sentence each
 */
record Verdict(boolean recommended, List<String> reasons) {
    /** A fall of accuracy that is borne. */
    private static final double BORNE = 0.02;

    private static final double LEVEL = 0.05;

    Verdict {
        reasons = List.copyOf(reasons);
    }

    /** @param advice where an effect is left: what may help, a sentence; empty where nothing is known */
    static Verdict of(Change accuracy, List<Change> classes, List<ShortcutChange> shortcuts, Optional<String> advice) {
        List<String> against = new ArrayList<>();
        for (ShortcutChange shortcut : shortcuts) {
            ChangedEffect decisive = shortcut.attracts() != null ? shortcut.attracts() : shortcut.needs();
            String what = shortcut.name() + " by " + shortcut.detail();
            if (decisive == null) {
                against.add(what + " could not be tried again: there are too few images.");
            } else if (effect(decisive.after()) >= ShortcutImages.LEAST_EFFECT) {
                against.add(String.format(
                        Locale.ROOT,
                        "%s still has an effect of %.1f points (before: %.1f); below %.0f it would not count.",
                        what,
                        100 * effect(decisive.after()),
                        100 * effect(decisive.before()),
                        100 * ShortcutImages.LEAST_EFFECT));
            }
        }
        if (!against.isEmpty()) {
            advice.ifPresent(against::add);
        }
        if (fell(accuracy)) {
            against.add(text("Accuracy", accuracy));
        }
        classes.stream()
                .filter(Verdict::fell)
                .forEach(change -> against.add(text("Accuracy of " + change.name(), change)));
        return against.isEmpty()
                ? new Verdict(
                        true,
                        List.of(String.format(
                                Locale.ROOT,
                                "Every mended shortcut's effect is below %.0f points, and neither accuracy nor that of any"
                                        + " class fell by more than %.0f points at p <= %s.",
                                100 * ShortcutImages.LEAST_EFFECT,
                                100 * BORNE,
                                LEVEL)))
                : new Verdict(false, against);
    }

    private static double effect(PairedEffect effect) {
        return effect.difference().value();
    }

    private static boolean fell(Change change) {
        return change.difference().value() < -BORNE && change.p() <= LEVEL;
    }

    private static String text(String what, Change change) {
        return String.format(
                Locale.ROOT,
                "%s fell from %.1f to %.1f %% (p %.2g).",
                what,
                100 * change.before().value(),
                100 * change.after().value(),
                change.p());
    }
}
