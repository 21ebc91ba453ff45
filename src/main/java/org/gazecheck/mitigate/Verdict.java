package org.gazecheck.mitigate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gazecheck.audit.intervention.ShortcutImages;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Mitigation.Change;
import org.gazecheck.results.Mitigation.ChangedEffect;
import org.gazecheck.results.Mitigation.GroupsChange;
import org.gazecheck.results.Mitigation.ShortcutChange;
import org.gazecheck.results.Split;

/**
 * Whether a mended run is recommended in place of the one that it mends: when every mended shortcut's effect is below the least that
 * counts, or the worst group got better, and neither accuracy nor that of any class fell clearly.
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
        against.addAll(falls(accuracy, classes));
        return judged(
                against,
                String.format(
                        Locale.ROOT,
                        "Every mended shortcut's effect is below %.0f points",
                        100 * ShortcutImages.LEAST_EFFECT));
    }

    /**
     * Of groups that were balanced: when the worst of them got better, and neither accuracy nor that of any class fell clearly.
     *
     * @param groups of the split; empty where no image of it is of one
     */
    static Verdict ofGroups(Change accuracy, List<Change> classes, Optional<GroupsChange> groups, Split split) {
        List<String> against = new ArrayList<>();
        String rise = "";
        if (groups.isEmpty()) {
            against.add(
                    "No image of " + split.text() + " has a group, so it is not known what became of the worst: name"
                            + " images of " + split.text() + ", too.");
        } else {
            Change was = groups.get().worstBefore();
            Change is = groups.get().worstAfter();
            String worst = String.format(
                    Locale.ROOT,
                    "from %.1f (%s) to %.1f %% (%s)",
                    100 * was.before().value(),
                    was.name(),
                    100 * is.after().value(),
                    is.name());
            double difference = is.after().value() - was.before().value();
            if (difference <= 0) {
                against.add("The worst group did not get better: it went " + worst + ".");
            } else if (was.p() > LEVEL) {
                against.add(String.format(
                        Locale.ROOT,
                        "The worst group rose %s, which may be chance (p %.2g of %s, %d images).",
                        worst,
                        was.p(),
                        was.name(),
                        was.after().n()));
            }
            rise = "The worst group rose " + worst;
        }
        against.addAll(falls(accuracy, classes));
        return judged(against, rise);
    }

    /** @param reached what speaks for it where nothing speaks against it, the beginning of a sentence */
    private static Verdict judged(List<String> against, String reached) {
        return against.isEmpty()
                ? new Verdict(
                        true,
                        List.of(String.format(
                                Locale.ROOT,
                                "%s, and neither accuracy nor that of any class fell by more than %.0f points at p <= %s.",
                                reached,
                                100 * BORNE,
                                LEVEL)))
                : new Verdict(false, against);
    }

    private static List<String> falls(Change accuracy, List<Change> classes) {
        List<String> falls = new ArrayList<>();
        if (fell(accuracy)) {
            falls.add(text("Accuracy", accuracy));
        }
        classes.stream()
                .filter(Verdict::fell)
                .forEach(change -> falls.add(text("Accuracy of " + change.name(), change)));
        return falls;
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
