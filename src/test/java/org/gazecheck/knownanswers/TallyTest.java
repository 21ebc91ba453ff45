package org.gazecheck.knownanswers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gazecheck.knownanswers.Row.Verdict;
import org.gazecheck.knownanswers.Tally.Band;
import org.gazecheck.stats.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How what the audit said is counted. */
class TallyTest {
    @Test
    void aPropertyWithoutEffectHasNoneAndOneThatDecidesHasAll() throws Exception {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            pictures.add(new Picture("test/b/" + i, "b", "b", Path.of("x"), null, "", List.of()));
        }
        Tie tie = Tie.list("a=blur:1", 1, 0).get(0);

        TrueEffect all = TrueEffect.of(tie, pictures, picture -> picture.carries(tie.property()) ? "a" : "b");
        TrueEffect none = TrueEffect.of(tie, pictures, picture -> "a");

        assertEquals(1, all.difference());
        assertEquals(40, all.gained());
        assertEquals(0, none.difference());
        assertEquals(40, none.with());
        assertEquals(40, none.without());
    }

    @Test
    void aBackgroundIsExchangedForAnother() throws Exception {
        Tie tie = Tie.list("a=background-water:1", 1, 0).get(0);
        List<Picture> pictures = List.of(
                new Picture("test/b/1", "b", "b", Path.of("x"), null, "water", List.of()),
                new Picture("test/b/2", "b", "b", Path.of("x"), null, "soil", List.of()),
                new Picture("test/a/1", "a", "a", Path.of("x"), null, "soil", List.of()));

        TrueEffect effect =
                TrueEffect.of(tie, pictures, picture -> picture.background().equals("water") ? "a" : "b");

        assertEquals(new TrueEffect(2, 0, 2, 0, 2), effect);
    }

    @Test
    void aTieWhoseIntervalLiesAcrossALimitIsNotCounted() {
        assertEquals(Band.STRONG, Band.of(tie("s", "a", "blur", 0.21, 0.34)));
        assertEquals(Band.OPEN, Band.of(tie("s", "a", "blur", 0.19, 0.34)));
        assertEquals(Band.MEDIUM, Band.of(tie("s", "a", "blur", 0.11, 0.19)));
        assertEquals(Band.UNUSED, Band.of(tie("s", "a", "blur", -0.01, 0.02)));
        assertEquals(Band.OPEN, Band.of(tie("s", "a", "blur", -0.01, 0.05)));
    }

    @Test
    void aTieIsProvenByClassAndReasonAndPatchAndObjectAreOne() {
        assertTrue(Tally.proven(tie("s", "a", "object-clip", 0.3, 0.4, "proven:patch")));
        assertTrue(Tally.proven(tie("s", "a", "small", 0.3, 0.4, "proven:size")));
        assertTrue(Tally.proven(tie("s", "a", "noise", 0.3, 0.4, "proven:compression")));
        assertFalse(Tally.proven(tie("s", "a", "blur", 0.3, 0.4, "proven:size")));
        assertFalse(Tally.proven(tie("s", "a", "blur", 0.3, 0.4, "suspected:blur")));
        assertTrue(Tally.suspected(tie("s", "a", "blur", 0.3, 0.4, "suspected:blur")));
    }

    @Test
    void aWrongReasonIsCountedOnceForAClassWithTwoTies() {
        Tally tally = new Tally(List.of(
                tie("s", "a", "blur", 0.3, 0.4, "proven:blur proven:patch proven:size"),
                tie("s", "a", "stamp-nw", 0.3, 0.4, "proven:blur proven:patch proven:size")));

        assertEquals(1, tally.wrongReasons());
    }

    @Test
    void aFaultlessRunPassesEveryBarAndEachFaultFailsItsOwn() {
        assertTrue(failed(faultless()).isEmpty(), failed(faultless()).toString());
        assertFails("not proven", change(faultless(), 3, "suspected:background"));
        assertFails("reason is proven", change(faultless(), 2, "proven:blur"));
        assertFails("without a tie", add(control("set-1", "b", "proven:blur"), control("set-2", "c", "proven:blur")));
        assertFails("decoys", add(tie("decoy-1", "a", "blur", 0, 0.01, "proven:blur")));
        assertFails(
                "null sets", add(control("null-41", "b", "proven:blur"), control("null-42", "b", "proven:background")));
        assertFails("10 to 20", add(tie("set-1", "x", "blur", 0.11, 0.19), tie("set-1", "x", "noise", 0.11, 0.19)));
    }

    @Test
    void whatIsWrittenIsReadAndTheLastCounts(@TempDir Path folder) throws Exception {
        Path table = folder.resolve("results.csv");
        Row first = tie("s", "morning glory", "cast-warm*0.20", 0.31, 0.42, "suspected:colour proven:blur");
        Row control = control("s", "rose");
        Row last = tie("s", "morning glory", "cast-warm*0.20", 0.31, 0.42, "proven:colour");
        Row.append(table, List.of(first, control));
        assertEquals(List.of(first.verdicts(), List.of()), verdicts(table));
        Row.append(table, List.of(last, control));

        assertEquals(List.of(last.verdicts(), List.of()), verdicts(table));
        assertEquals(last, Row.read(table).get(0));
    }

    @Test
    void verdictsAndCandidatesAreReadFromTheFilesOfARun() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Outcome outcome = Outcome.of(
                json.readTree(
                        """
                        {"findings": [
                          {"kind": "patch-shortcut", "subject": "rose", "grade": "proven", "reason": "patch"},
                          {"kind": "outliers", "subject": "rose", "grade": null, "reason": null},
                          {"kind": "size-shortcut", "subject": "rose", "grade": "suspected", "reason": "size"}]}"""),
                json.readTree(
                        """
                        {"shortcuts": [
                          {"name": "rose", "reason": "patch", "grade": "proven", "attracts": null},
                          {"name": "iris", "reason": "blur", "grade": null, "attracts":
                            {"difference": {"value": 0.05}, "q": 0.4, "stopped": true}}]}"""));

        assertEquals(List.of(new Verdict(true, "patch"), new Verdict(false, "size")), outcome.verdicts("rose"));
        assertEquals("proven", outcome.candidate("rose", Artefact.OBJECT));
        assertEquals("stopped at +5 points; q 0.40", outcome.candidate("iris", Artefact.BLUR));
        assertEquals("", outcome.candidate("iris", Artefact.STAMP));
    }

    @Test
    void thePageNamesEveryTieAndEveryAccusation() {
        List<Row> rows = add(control("set-1", "clematis", "suspected:size"));

        String page = KnownAnswersPage.of(rows);

        assertTrue(page.contains("| set-1 | clematis | suspected:size |"), page);
        assertTrue(page.contains("| blur | 20 points or more | 8 | 8 | 8 | 0 | 0 | 0 |"), page);
        assertFalse(page.contains("**missed**"), page);
    }

    @Test
    void theMatrixHasWhatTheBarsAskFor() {
        List<Entry> entries = Matrix.entries();
        List<Tie> ties = entries.stream()
                .filter(entry -> !entry.isOf(Matrix.NULL) && !entry.isOf(Matrix.DECOY))
                .flatMap(entry -> entry.recipe().ties().stream())
                .toList();

        assertEquals(
                entries.size(),
                entries.stream().map(Entry::name).collect(Collectors.toSet()).size());
        assertTrue(ties.size() >= 40);
        assertEquals(
                40, entries.stream().filter(entry -> entry.isOf(Matrix.NULL)).count());
        Map<String, Long> reasons = ties.stream()
                .collect(Collectors.groupingBy(tie -> tie.property().artefact().reason(), Collectors.counting()));
        assertEquals(7, reasons.size());
        assertTrue(reasons.values().stream().allMatch(count -> count >= 6), reasons.toString());
    }

    private static void assertFails(String demand, List<Row> rows) {
        assertTrue(
                failed(rows).stream().anyMatch(bar -> bar.contains(demand)),
                failed(rows).toString());
    }

    private static List<String> failed(List<Row> rows) {
        return Bar.of(new Tally(rows)).stream()
                .filter(bar -> !bar.passed())
                .map(Bar::demand)
                .toList();
    }

    /** Eight ties of each reason, all proven, ten decoys, and forty null sets. */
    private static List<Row> faultless() {
        List<Row> rows = new ArrayList<>();
        List<String> properties = List.of("background-water", "stamp-nw", "cast-warm", "blur", "noise", "small");
        for (String property : properties) {
            for (int i = 0; i < 8; i++) {
                String reason = Property.of(property, 0).artefact().reason();
                double low = i < 3 ? 0.21 : 0.4;
                rows.add(tie("set-" + i, property, property, low, low + 0.08, "proven:" + reason));
            }
        }
        rows.add(tie("set-1", "m", "blur", 0.11, 0.19, "suspected:blur"));
        for (int i = 0; i < 10; i++) {
            rows.add(tie("decoy-" + i, "d", "blur", 0, 0.02));
        }
        for (int i = 0; i < 40; i++) {
            rows.add(control("null-" + i, "a"));
        }
        return rows;
    }

    private static List<Row> change(List<Row> rows, int count, String verdicts) {
        List<Row> changed = new ArrayList<>(rows);
        for (int i = 0; i < count; i++) {
            Row row = rows.get(i);
            changed.set(i, tie(row.set(), row.label(), row.property(), 0.3, 0.4, verdicts));
        }
        return changed;
    }

    private static List<Row> add(Row... more) {
        List<Row> rows = faultless();
        rows.addAll(Arrays.asList(more));
        return rows;
    }

    private static List<List<Verdict>> verdicts(Path table) throws Exception {
        return Row.read(table).stream().map(Row::verdicts).toList();
    }

    private static Row tie(String set, String label, String property, double low, double high, String... verdicts) {
        return row(set, label, property, (low + high) / 2, new Interval(low, high), verdicts);
    }

    private static Row control(String set, String label, String... verdicts) {
        return row(set, label, "", Double.NaN, new Interval(Double.NaN, Double.NaN), verdicts);
    }

    private static Row row(
            String set, String label, String property, double effect, Interval interval, String... verdicts) {
        List<Verdict> said = Arrays.stream(String.join(" ", verdicts).split(" "))
                .filter(text -> !text.isEmpty())
                .map(Verdict::of)
                .toList();
        return new Row(
                set,
                label,
                property,
                0.85,
                "composites; test even; whole masks",
                true,
                effect,
                interval,
                200,
                "proven",
                said,
                60,
                "code");
    }

    @Test
    void whatMendingBroughtIsReadAsItIsWrittenAndJudged(@TempDir Path folder) throws Exception {
        TrueEffect before = new TrueEffect(60, 0, 60, 0, 200);
        MendedTie gone = mended("a", before, new TrueEffect(4, 0, 4, 0, 200), new MendedTie.Answers(40, 20, 0, 10), 0);
        MendedTie left = mended("b", before, new TrueEffect(13, 0, 13, 0, 200), new MendedTie.Answers(40, 20, 0, 9), 9);
        Path table = folder.resolve("mended.csv");

        MendedTie.append(table, List.of(gone));
        MendedTie.append(table, List.of(left));

        assertEquals(List.of(gone, left), MendedTie.read(table));
        assertTrue(gone.gone() && gone.halved() && !gone.costly());
        assertFalse(left.gone() || left.halved());
        assertTrue(left.costly(), "9 of 100 lost and none won");
        String page = MendedPage.of(List.of(gone, left), 10, 10);
        assertTrue(page.contains("at most 6 points, in 90 % of ties | 1 of 2 | **missed** |"), page);
        assertTrue(page.contains("nothing written | 10 of 10 | passed |"), page);
        assertTrue(page.contains("| 30 (23 to 36) | 2 (0 to 4) | 20 to 10 of 40 | 10 to 10 of 100 |"), page);
    }

    private static MendedTie mended(
            String label, TrueEffect before, TrueEffect after, MendedTie.Answers carriers, int lost) {
        MendedTie.Answers free = new MendedTie.Answers(100, 90, lost, 0);
        return new MendedTie(
                "set", label, "blur", "photographs", before, after, carriers, free, "2 at weight 1.0", 60, "code");
    }
}
