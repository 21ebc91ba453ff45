package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Reason;

/** What interventions found of one possible shortcut, in sentences. */
final class ShortcutWords {
    private ShortcutWords() {}

    /** @param proven or else suspected */
    static String text(Shortcut shortcut, boolean proven) {
        List<String> said = new ArrayList<>();
        said.add(cause(shortcut, proven));
        needs(shortcut).ifPresent(said::add);
        rescues(shortcut).ifPresent(said::add);
        natural(shortcut).ifPresent(said::add);
        if (proven) {
            said.add(shortcut.reason().control());
        }
        return String.join(" ", said);
    }

    /** What it does, and what comes of taking it off. */
    private static String cause(Shortcut shortcut, boolean proven) {
        List<String> shown = new ArrayList<>();
        attracts(shortcut).ifPresent(shown::add);
        repairs(shortcut).ifPresent(shown::add);
        return (proven ? "Images are called " : "It is suspected, not proven, that images are called ")
                + shortcut.name() + " because of " + shortcut.detail()
                + (shown.isEmpty() ? "" : ": " + String.join("; ", shown)) + ".";
    }

    private static Optional<String> attracts(Shortcut shortcut) {
        Reason reason = shortcut.reason();
        return Optional.ofNullable(shortcut.attracts())
                .map(attracts -> sentence(
                        "%s, it turns %.0f %% of them into %s, %s %.0f %%",
                        reason.put(),
                        100 * attracts.with(),
                        shortcut.name(),
                        reason.instead(),
                        100 * attracts.without()));
    }

    private static Optional<String> repairs(Shortcut shortcut) {
        Reason reason = shortcut.reason();
        return Optional.ofNullable(shortcut.repairs())
                .filter(ShortcutWords::holds)
                .map(repairs -> sentence(
                        "%s, %d of %d errors become right, %s %d",
                        reason.taken(),
                        of(repairs, repairs.without()),
                        repairs.difference().n(),
                        reason.kept(),
                        of(repairs, repairs.with())));
    }

    private static Optional<String> needs(Shortcut shortcut) {
        Reason reason = shortcut.reason();
        return Optional.ofNullable(shortcut.needs())
                .map(needs -> sentence(
                        "%s itself is missed in %.0f %% of cases %s, %s in %.0f %%%s.",
                        shortcut.name(),
                        100 * (1 - needs.without()),
                        reason.taken(),
                        reason.kept(),
                        100 * (1 - needs.with()),
                        holds(needs) ? "" : ", which may be chance"));
    }

    private static Optional<String> rescues(Shortcut shortcut) {
        Reason reason = shortcut.reason();
        return Optional.ofNullable(shortcut.rescues())
                .filter(ShortcutWords::holds)
                .map(rescues -> sentence(
                        "Of %d images of its own that are missed, %d become right %s, %d %s.",
                        rescues.difference().n(),
                        of(rescues, rescues.with()),
                        reason.with(),
                        of(rescues, rescues.without()),
                        reason.without()));
    }

    private static Optional<String> natural(Shortcut shortcut) {
        return Optional.ofNullable(shortcut.natural())
                .map(natural -> sentence(
                        "Images of other classes as they are: of %d %s, %d are called %s; of %d others, %d%s.",
                        natural.carriers(),
                        shortcut.reason().natural(),
                        natural.carriersCalled(),
                        shortcut.name(),
                        natural.others(),
                        natural.othersCalled(),
                        natural.q() <= Evidence.WITNESS ? "" : ", which may be chance"));
    }

    private static boolean holds(PairedEffect effect) {
        return effect.q() <= Evidence.WITNESS;
    }

    /** How many objects a share is; where each was tried several times, on average. */
    private static long of(PairedEffect effect, double share) {
        return Math.round(share * effect.difference().n());
    }

    private static String sentence(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
