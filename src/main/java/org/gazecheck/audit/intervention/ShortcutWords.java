package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gazecheck.results.Interventions.NaturalWitness;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Reason;

/** What interventions found of one possible shortcut, in sentences. */
final class ShortcutWords {
    private ShortcutWords() {}

    static String text(Shortcut shortcut, boolean proven) {
        String name = shortcut.name();
        Reason reason = shortcut.reason();
        List<String> said = new ArrayList<>();
        said.add(
                proven
                        ? "The network calls images " + name + " because of " + shortcut.detail() + "."
                        : "The network may call images " + name + " because of " + shortcut.detail()
                                + "; that is suspected, not proven.");
        PairedEffect attracts = shortcut.attracts();
        if (attracts != null) {
            said.add(sentence(
                    "Images of other classes %s are called %s in %.0f %% of cases, %s in %.0f %%.",
                    reason.with(), name, 100 * attracts.with(), reason.without(), 100 * attracts.without()));
        }
        PairedEffect needs = shortcut.needs();
        if (needs != null) {
            said.add(sentence(
                    "%s itself is missed in %.0f %% of cases %s, %s in %.0f %%%s.",
                    name,
                    100 * (1 - needs.without()),
                    reason.taken(),
                    reason.kept(),
                    100 * (1 - needs.with()),
                    needs.q() <= Evidence.WITNESS ? "" : ", which may be chance"));
        }
        PairedEffect repairs = shortcut.repairs();
        if (repairs != null && repairs.q() <= Evidence.WITNESS) {
            said.add(sentence(
                    "Of images of other classes that were called %s, %.0f %% are called rightly %s, %.0f %% %s.",
                    name, 100 * repairs.without(), reason.taken(), 100 * repairs.with(), reason.kept()));
        }
        PairedEffect rescues = shortcut.rescues();
        if (rescues != null && rescues.q() <= Evidence.WITNESS) {
            said.add(sentence(
                    "Of its own images that are missed, %.0f %% are called rightly %s, %.0f %% %s.",
                    100 * rescues.with(), reason.with(), 100 * rescues.without(), reason.without()));
        }
        NaturalWitness natural = shortcut.natural();
        if (natural != null && natural.q() <= Evidence.WITNESS) {
            said.add(sentence(
                    "Images of other classes as they are: %d of %d %s are called %s, %d of %d others.",
                    natural.carriersCalled(),
                    natural.carriers(),
                    reason.natural(),
                    name,
                    natural.othersCalled(),
                    natural.others()));
        }
        if (proven) {
            said.add(reason.control());
        }
        return String.join(" ", said);
    }

    private static String sentence(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
