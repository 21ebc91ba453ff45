package org.gazecheck.knownanswers;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gazecheck.knownanswers.Row.Verdict;
import org.gazecheck.knownanswers.Tally.Band;

/** {@code docs/known-answers.md}. */
final class KnownAnswersPage {
    private final Tally tally;
    private final StringBuilder text = new StringBuilder();

    private KnownAnswersPage(Tally tally) {
        this.tally = tally;
    }

    static String of(List<Row> rows) {
        return new KnownAnswersPage(new Tally(rows)).write();
    }

    private String write() {
        text.append(
                """
                # Known answers: how well the audit finds shortcuts

                Made by `scripts/known-answers.sh WORK`; do not edit.

                Data sets are made in which a property goes along with a class in training: a background, a patch, a small object, a
                colour cast, blur, compression, the size of the flower. A network is trained on each and audited with the default
                settings of `config/folder.yaml` (without random crops and without tests of heatmaps); the audit is not told what was
                planted. Photographs are from Flowers 102, composites are real flowers before drawn backgrounds.

                **True effect**: every picture of other classes that training has not seen is drawn with the property and without it;
                the difference of the shares that are called the tied class, in points, with its 95 % interval (paired, Bonett and
                Price 2012). The audit never sees these pictures. A tie whose interval lies across one of the limits 3, 10 and 20
                points is shown and not counted.

                **Proposed**: the audit had the class and the reason among its candidates. **Proven**, **suspected**: the finding names
                the class and the right reason. A patch and a small object are one reason.

                """);
        bars();
        reasons();
        ties("Every tie", row -> Band.of(row) != Band.UNUSED && row.separable());
        ties("Decoys: tied in training, but hardly used", row -> Band.of(row) == Band.UNUSED);
        ties("What cannot be told apart", row -> !row.separable());
        accused();
        text.append(String.format(
                Locale.ROOT,
                """
                ## Cost

                %d sets, %.1f hours in all as each was last run; where a set had been trained before, those are hours of the audit.
                """,
                Tally.bySet(tally.rows()).size(),
                tally.seconds() / 3600));
        return text.toString();
    }

    private void bars() {
        text.append("## What must be reached\n\n| demand | found | |\n| --- | --- | --- |\n");
        for (Bar bar : Bar.of(tally)) {
            row(bar.demand(), bar.found(), bar.passed() ? "passed" : "**missed**");
        }
        text.append('\n');
    }

    private void reasons() {
        text.append(
                "## By reason\n\n| reason | true effect | ties | proposed | proven | suspected | missed | wrong reason proven |\n"
                        + "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (String reason : Tally.REASONS) {
            for (Band band : List.of(Band.STRONG, Band.MEDIUM, Band.WEAK)) {
                List<Row> ties = tally.ties(band).stream()
                        .filter(row -> Tally.reason(row).equals(reason))
                        .toList();
                if (!ties.isEmpty()) {
                    row(
                            reason,
                            band.text(),
                            Integer.toString(ties.size()),
                            count(ties, row -> !row.candidate().isEmpty()),
                            count(ties, Tally::proven),
                            count(ties, row -> Tally.suspected(row) && !Tally.proven(row)),
                            count(ties, row -> !Tally.suspected(row)),
                            count(ties, row -> tally.wrongReason(row)));
                }
            }
        }
        text.append('\n');
    }

    private void ties(String title, Predicate<Row> which) {
        List<Row> ties = tally.ties().stream().filter(which).toList();
        if (ties.isEmpty()) {
            return;
        }
        text.append("## ")
                .append(title)
                .append(
                        "\n\n| set | class | property | tie | circumstances | true effect | counted as | candidate | said |\n"
                                + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (Row tie : ties) {
            row(
                    tie.set(),
                    tie.label(),
                    tie.property(),
                    String.format(Locale.ROOT, "%.0f %%", 100 * tie.share()),
                    tie.circumstances(),
                    String.format(
                            Locale.ROOT,
                            "%.0f (%.0f to %.0f) of %d",
                            100 * tie.effect(),
                            100 * tie.interval().low(),
                            100 * tie.interval().high(),
                            tie.pairs()),
                    tie.separable() ? Band.of(tie).text() : "apart",
                    tie.candidate().isEmpty() ? "not proposed" : tie.candidate(),
                    said(tie));
        }
        text.append('\n');
    }

    private void accused() {
        List<Row> accused = tally.rows().stream()
                .filter(row -> !row.tied() && !row.verdicts().isEmpty())
                .toList();
        text.append("## Classes without a tie of which something is said\n\n");
        if (accused.isEmpty()) {
            text.append("None.\n\n");
            return;
        }
        text.append("| set | class | said |\n| --- | --- | --- |\n");
        for (Row row : accused) {
            row(row.set(), row.label(), said(row));
        }
        text.append('\n');
    }

    private static String said(Row row) {
        return row.verdicts().isEmpty()
                ? "nothing"
                : row.verdicts().stream().map(Verdict::text).collect(Collectors.joining(", "));
    }

    private static String count(List<Row> rows, Predicate<Row> which) {
        return Long.toString(rows.stream().filter(which).count());
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
