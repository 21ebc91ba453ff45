package org.gazecheck.knownanswers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gazecheck.stats.McNemar;

/**
 * What came of a tie when its run was mended of all that was proven.
 *
 * @param set its name
 * @param property as {@link Property#text} says
 * @param circumstances base, test and masks, in words
 * @param before the true effect in the run
 * @param after the true effect in the mended run
 * @param carriers right and wrong answers on images of test that carry it
 * @param free those on images of test that carry none of the set's properties
 * @param choice counterfactual images of each, their weight and the L2 strength, in words
 * @param seconds that mending took
 * @param code what identifies the code that mended it, and what it mended
 */
record MendedTie(
        String set,
        String label,
        String property,
        String circumstances,
        TrueEffect before,
        TrueEffect after,
        Answers carriers,
        Answers free,
        String choice,
        double seconds,
        String code) {
    private static final String HEADER =
            "set,class,property,circumstances,before,after,carriers,free,choice,seconds,code";
    private static final double MOST_LEFT = 0.06;
    private static final double BORNE = 0.02;
    private static final double LEVEL = 0.05;

    /**
     * The same images under both networks.
     *
     * @param lost right before only
     * @param won right after only
     */
    record Answers(int n, int right, int lost, int won) {
        int wrongBefore() {
            return n - right;
        }

        int wrongAfter() {
            return n - right + lost - won;
        }

        double p() {
            return new McNemar(lost, won, n).p();
        }

        private String text() {
            return n + " " + right + " " + lost + " " + won;
        }

        private static Answers of(String text) {
            String[] counts = text.split(" ");
            return new Answers(
                    Integer.parseInt(counts[0]),
                    Integer.parseInt(counts[1]),
                    Integer.parseInt(counts[2]),
                    Integer.parseInt(counts[3]));
        }
    }

    /** The effect is at most a third of what it was, and at most 6 points. */
    boolean gone() {
        return after.difference() <= MOST_LEFT && 3 * after.difference() <= before.difference();
    }

    /** Errors on carriers are at least halved. */
    boolean halved() {
        return 2 * carriers.wrongAfter() <= carriers.wrongBefore();
    }

    /** Images without any of the properties lost more than 2 points, and clearly. */
    boolean costly() {
        return free.won() - free.lost() < -BORNE * free.n() && free.p() <= LEVEL;
    }

    private String line() {
        return String.join(
                        ",",
                        set,
                        label,
                        property,
                        circumstances,
                        before.text(),
                        after.text(),
                        carriers.text(),
                        free.text(),
                        choice,
                        String.format(Locale.ROOT, "%.0f", seconds),
                        code)
                + "\n";
    }

    private static MendedTie of(String line) {
        String[] cells = line.split(",", -1);
        return new MendedTie(
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                TrueEffect.of(cells[4]),
                TrueEffect.of(cells[5]),
                Answers.of(cells[6]),
                Answers.of(cells[7]),
                cells[8],
                Double.parseDouble(cells[9]),
                cells[10]);
    }

    /** Adds them to a table, which is made if need be. */
    static void append(Path table, List<MendedTie> ties) throws IOException {
        StringBuilder text = new StringBuilder(Files.exists(table) ? "" : HEADER + "\n");
        ties.forEach(tie -> text.append(tie.line()));
        Files.writeString(table, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Of each tie what was added last; none where there is no table. */
    static List<MendedTie> read(Path table) throws IOException {
        if (!Files.exists(table)) {
            return List.of();
        }
        Map<String, MendedTie> ties = new LinkedHashMap<>();
        for (String line : Files.readAllLines(table)) {
            if (!line.equals(HEADER)) {
                MendedTie tie = of(line);
                ties.put(tie.set + "/" + tie.label + "/" + tie.property, tie);
            }
        }
        return new ArrayList<>(ties.values());
    }
}
