package org.gazecheck.knownanswers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gazecheck.knownanswers.Tally.Band;

/**
 * Something that the audit must reach.
 *
 * @param demand in words
 * @param found in words
 */
record Bar(String demand, String found, boolean passed) {
    private static final int TIES = 40;
    private static final int A_REASON = 4;
    private static final int DECOYS = 10;
    private static final int NULL_SETS = 40;

    /** All of them, counted over a full run. */
    static List<Bar> of(Tally tally) {
        List<Bar> bars = new ArrayList<>();
        List<Row> strong = tally.ties(Band.STRONG);
        long missed = strong.stream().filter(row -> !Tally.proven(row)).count();
        bars.add(new Bar(
                "of at least 40 ties of 20 points or more at most 2 are not proven",
                missed + " of " + strong.size(),
                strong.size() >= TIES && missed <= 2));
        long near = strong.stream().filter(row -> row.effect() < 0.3).count();
        bars.add(new Bar(
                "a third of them are between 20 and 30 points",
                near + " of " + strong.size(),
                3 * near >= strong.size() && !strong.isEmpty()));
        for (String reason : Tally.REASONS) {
            List<Row> ties = strong.stream()
                    .filter(row -> Tally.reason(row).equals(reason))
                    .toList();
            long proven = ties.stream().filter(Tally::proven).count();
            bars.add(new Bar(
                    reason + ": at least 3 of 4 are proven with class and reason, of at least 4",
                    proven + " of " + ties.size(),
                    ties.size() >= A_REASON && 4 * proven >= 3L * ties.size()));
        }
        List<Row> medium = tally.ties(Band.MEDIUM);
        long suspected = medium.stream().filter(Tally::suspected).count();
        bars.add(new Bar(
                "of ties of 10 to 20 points 80 % are at least suspected",
                suspected + " of " + medium.size(), !medium.isEmpty() && suspected >= 0.8 * medium.size()));
        bars.addAll(accusations(tally));
        return bars;
    }

    private static List<Bar> accusations(Tally tally) {
        List<Row> controls = tally.controls();
        long accused = controls.stream().filter(Tally::accused).count();
        long suspected = controls.stream()
                .filter(row -> !Tally.accused(row) && !row.verdicts().isEmpty())
                .count();
        List<Row> decoys = tally.ties(Band.UNUSED);
        long proven = decoys.stream().filter(Tally::accused).count();
        long wrong = tally.wrongReasons();
        int nullSets = tally.nullSets().size();
        long accusing = tally.accusingNullSets();
        return List.of(
                new Bar(
                        "of the classes without a tie at most 1 is accused as proven, none in two sets",
                        accused + " of " + controls.size() + twice(tally),
                        accused <= 1 && tally.accusedTwice().isEmpty()),
                new Bar("of them at most 20 are suspected", suspected + " of " + controls.size(), suspected <= 20),
                new Bar(
                        "of at least 10 decoys none is proven",
                        proven + " of " + decoys.size(),
                        decoys.size() >= DECOYS && proven == 0),
                new Bar(
                        "a wrong reason is proven for a tied class at most once",
                        String.format(Locale.ROOT, "%d", wrong),
                        wrong <= 1),
                new Bar(
                        "at most 1 of 40 null sets has anything proven",
                        accusing + " of " + nullSets,
                        nullSets >= NULL_SETS && accusing <= 1));
    }

    private static String twice(Tally tally) {
        return tally.accusedTwice().isEmpty() ? "" : ", more than once: " + String.join(", ", tally.accusedTwice());
    }
}
