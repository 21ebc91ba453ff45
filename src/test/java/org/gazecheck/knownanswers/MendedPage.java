package org.gazecheck.knownanswers;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** {@code docs/known-answers-mended.md}. */
final class MendedPage {
    private static final double MOST = 0.9;

    private MendedPage() {}

    /**
     * @param ties of 20 points or more that were proven
     * @param untouched null sets in which there was nothing to mend
     * @param asked all null sets that were asked
     */
    static String of(List<MendedTie> ties, long untouched, long asked) {
        long gone = ties.stream().filter(MendedTie::gone).count();
        long halved = ties.stream().filter(MendedTie::halved).count();
        long costly = ties.stream().filter(MendedTie::costly).count();
        StringBuilder text = new StringBuilder(
                """
                # Known answers, mended

                Made by `scripts/known-answers.sh WORK --mended`; do not edit.

                Each run of the [known answers](known-answers.md) in which a tie of 20 points or more was proven is mended as
                `gazecheck mitigate RUN` does: its head is trained again against all that was proven ([mitigation.md](mitigation.md)).
                **True effect**: as there, on the same pictures, which neither training nor the choice has seen. **Carriers**: images of
                test that carry the property, of all classes. **Free**: images of test that carry none of the set's properties.

                | demand | found | |
                | --- | --- | --- |
                """);
        bar(text, "effect at most a third of before and at most 6 points, in 90 % of ties", gone, ties.size());
        bar(text, "errors on carriers at least halved, in 90 % of ties", halved, ties.size());
        bar(text, "free images not worse by more than 2 points at p <= 0.05", ties.size() - costly, ties.size());
        bar(text, "null sets: nothing to mend, nothing written", untouched, asked);
        text.append(
                """

                | set | class | property | circumstances | effect before | after | errors on carriers | on free images | chosen |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                """);
        for (MendedTie tie : ties) {
            text.append("| ")
                    .append(String.join(
                            " | ",
                            tie.set(),
                            tie.label(),
                            tie.property(),
                            tie.circumstances(),
                            points(tie.before()),
                            bold(points(tie.after()), MendedTie::gone, tie),
                            bold(errors(tie.carriers()), MendedTie::halved, tie),
                            bold(errors(tie.free()), mended -> !mended.costly(), tie),
                            tie.choice()))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static void bar(StringBuilder text, String demand, long found, long of) {
        text.append(String.format(
                Locale.ROOT,
                "| %s | %d of %d | %s |%n",
                demand,
                found,
                of,
                of > 0 && found >= MOST * of ? "passed" : "**missed**"));
    }

    private static String points(TrueEffect effect) {
        return String.format(
                Locale.ROOT,
                "%d (%d to %d)",
                Math.round(100 * effect.difference()),
                Math.round(100 * effect.interval().low()),
                Math.round(100 * effect.interval().high()));
    }

    private static String errors(MendedTie.Answers answers) {
        return answers.wrongBefore() + " to " + answers.wrongAfter() + " of " + answers.n();
    }

    private static String bold(String text, Predicate<MendedTie> reached, MendedTie tie) {
        return reached.test(tie) ? text : "**" + text + "**";
    }
}
