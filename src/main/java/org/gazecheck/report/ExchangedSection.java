package org.gazecheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.gazecheck.report.page.Page.Picture;
import org.gazecheck.report.page.Page.Pictures;
import org.gazecheck.results.ExchangedPicture;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Interventions.Swap;

/**
 * Pictures of exchanged backgrounds in the words of the page.
 *
 * @param sources where the page finds a picture, by its name
 */
record ExchangedSection(List<ExchangedPicture> pictures, UnaryOperator<String> sources) {
    /** What was made of one class; may be empty. */
    List<Pictures> of(String subject, Optional<Interventions> interventions) {
        Optional<Shortcut> shortcut = interventions.stream()
                .flatMap(all -> all.shortcuts().stream())
                .filter(each -> each.name().equals(subject))
                .findFirst();
        List<Pictures> parts = new ArrayList<>();
        for (ExchangedPicture.Exchange exchange : ExchangedPicture.Exchange.values()) {
            List<ExchangedPicture> made = pictures.stream()
                    .filter(p -> p.subject().equals(subject) && p.exchange() == exchange)
                    .toList();
            if (!made.isEmpty()) {
                parts.add(new Pictures(
                        exchange == ExchangedPicture.Exchange.PUT_BEHIND
                                ? "Objects of other classes before its backgrounds"
                                : "Its own objects before other backgrounds",
                        shortcut.map(found -> rate(found, exchange)).orElse("")
                                + (exchange == ExchangedPicture.Exchange.PUT_BEHIND
                                        ? "Shown: those most taken for it."
                                        : "Shown: those least taken for it."),
                        made.stream().map(this::picture).toList()));
            }
        }
        return parts;
    }

    private static String rate(Shortcut shortcut, ExchangedPicture.Exchange exchange) {
        boolean behind = exchange == ExchangedPicture.Exchange.PUT_BEHIND;
        Swap swap = behind ? shortcut.putBehind() : shortcut.takenAway();
        if (swap == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                behind
                        ? "%s objects were tried: %s are taken for it before its backgrounds, %s before others. "
                        : "%s objects were tried: %s are missed before other backgrounds, %s before its own kind. ",
                Numbers.count(swap.difference().n()),
                Numbers.percent(swap.tied()),
                Numbers.percent(swap.control()));
    }

    /** Without a line's end before the sign. */
    private static String together(double share) {
        return Numbers.percent(share).replace(' ', '\u00a0');
    }

    private Picture picture(ExchangedPicture p) {
        return new Picture(
                sources.apply(p.picture()),
                p.label(),
                p.predicted(),
                together(p.pPredicted()),
                !p.predicted().equals(p.label()),
                p.exchange() == ExchangedPicture.Exchange.PUT_BEHIND
                        ? "before a background of another kind"
                        : "before a background of its usual kind",
                p.otherwise(),
                together(p.pOtherwise()),
                p.object(),
                p.background());
    }
}
