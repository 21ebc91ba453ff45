package org.gazecheck.audit.intervention;

import static org.gazecheck.audit.intervention.DrawnScenes.CLASSES;
import static org.gazecheck.audit.intervention.DrawnScenes.NOTHING;
import static org.gazecheck.audit.intervention.DrawnScenes.chance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.gazecheck.results.Counterfactual;
import org.gazecheck.results.CounterfactualsFile;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Interventions.SwapEffect;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.TestedEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against networks whose rates are known in closed form. */
class InterventionAuditTest {
    private static final int ROSE = 0;
    private static final int MALLOW = 1;
    private static final int LILY = 3;
    private static final int POPPY = 4;
    private static final double LEVEL = 0.01;
    private static final double LEAST = 0.1;
    private static final double OF_BACKGROUNDS = 0.05;
    /** A count is out of its bounds if it is rarer than this. */
    private static final double RARE = 0.001;

    private static final List<Integer> HALF = List.of(MALLOW, 0, MALLOW, 2, MALLOW, LILY, MALLOW, POPPY);

    /** Mallow is tied in train: 20 of its images are held out, and 40 of others. */
    private static final DrawnScenes ALONE = new DrawnScenes(List.of(MALLOW), 20, 10, HALF);

    /** Lily is tied in train, too. */
    private static final DrawnScenes BOTH =
            new DrawnScenes(List.of(MALLOW, LILY), 24, 24, List.of(MALLOW, LILY, 0, MALLOW, LILY, 2));

    /** With 60 images of mallow and 120 of others. */
    private static final DrawnScenes LARGE = new DrawnScenes(List.of(MALLOW), 60, 30, HALF);

    @TempDir
    private Path folder;

    @Test
    void theTiedClassIsNamedAndNoOther() throws Exception {
        InterventionAudit.Outcome outcome = BOTH.audit(1, byBackground(1, 0.5));
        assertEquals(List.of("background-shortcut:mallow"), ids(outcome));
        assertEquals(
                List.of(true, false),
                List.of(
                        shortcut(outcome, MALLOW).confirmed(),
                        shortcut(outcome, LILY).confirmed()));
        assertEquals(0.9, shortcut(outcome, MALLOW).share(), 1e-12, "as train was drawn");
        for (String path : outcome.findings().findings().get(0).evidence()) {
            assertEquals(MALLOW, BOTH.kind(path), path + " shows mallow's scenes");
        }
    }

    @Test
    void ratesAreThoseOfTheClosedForm() throws Exception {
        double b = 0.3;
        int put = 0;
        int removed = 0;
        int seeds = 12;
        for (int seed = 0; seed < seeds; seed++) {
            Shortcut mallow = shortcut(ALONE.audit(seed, byBackground(seed, b)), MALLOW);
            put += (int) Math.round(40 * mallow.put().treated());
            removed += (int) Math.round(60 * mallow.removed().treated());
            assertEquals(0, mallow.put().control(), "no other background speaks for mallow");
            assertEquals(0, mallow.removed().control(), "its own backgrounds speak for it");
            assertEquals(mallow.put().treated(), mallow.put().difference().value(), 1e-12);
            assertEquals(
                    mallow.removed().treated(), mallow.removed().difference().value(), 1e-12);
            assertEquals(
                    List.of(40, 1),
                    List.of(mallow.put().difference().n(), mallow.put().backgrounds()));
            assertEquals(
                    List.of(20, 3),
                    List.of(mallow.removed().difference().n(), mallow.removed().backgrounds()));
        }
        assertWithin(put, 40 * seeds, b);
        assertWithin(removed, 60 * seeds, b);
    }

    @Test
    void aNetworkThatGoesByObjectsHasNoShortcutAndWhatCouldHaveBeenFoundIsSaid() throws Exception {
        InterventionAudit.Outcome outcome = BOTH.audit(1, byBackground(1, 0));
        assertEquals(List.of(), ids(outcome));
        assertEquals(
                List.of("mallow", "mallow", "lily", "lily"),
                outcome.findings().tests().stream().map(TestedEffect::subject).toList());
        for (TestedEffect test : outcome.findings().tests()) {
            assertEquals(FindingKind.BACKGROUND_SHORTCUT, test.kind());
            assertEquals(List.of(0.0, 1.0), List.of(test.effect(), test.q()));
            // p = 2^-k of k changed pairs, at a level divided among two classes
            int needed = (int) Math.max(Math.ceil(Math.log(2 / LEVEL) / Math.log(2)), Math.ceil(LEAST * test.n()));
            assertTrue(power(test.n(), test.detectable(), needed) >= 0.8, test.toString());
            assertTrue(power(test.n(), test.detectable() - 0.01, needed) < 0.8, test.toString());
        }
    }

    @Test
    void backgroundsThatOnlyAttractOrOnlyAreMissedAreNoShortcut() throws Exception {
        InterventionAudit.Outcome attracts =
                ALONE.audit(1, swaps(InterventionAuditTest::attracted, InterventionAuditTest::object));
        InterventionAudit.Outcome missed =
                ALONE.audit(1, swaps(InterventionAuditTest::object, InterventionAuditTest::missed));
        InterventionAudit.Outcome both =
                ALONE.audit(1, swaps(InterventionAuditTest::attracted, InterventionAuditTest::missed));
        assertEquals(List.of(), ids(attracts));
        assertEquals(List.of(1.0, 0.0), differences(attracts));
        assertEquals(List.of(), ids(missed));
        assertEquals(List.of(0.0, 1.0), differences(missed));
        assertEquals(List.of("background-shortcut:mallow"), ids(both));
        assertEquals(List.of(1.0, 1.0), differences(both));
    }

    @Test
    void asManyObjectsMustChangeAsTheSignTestNeeds() throws Exception {
        // 2^-7 < 0.01 < 2^-6, and of two classes 2^-8 < 0.01 / 2 < 2^-7
        assertEquals(List.of(), ids(ALONE.audit(1, attracting(ALONE, 6))));
        assertEquals(List.of("background-shortcut:mallow"), ids(ALONE.audit(1, attracting(ALONE, 7))));
        assertEquals(
                Math.pow(2, -7),
                shortcut(ALONE.audit(1, attracting(ALONE, 7)), MALLOW).put().q(),
                0.002);
        DrawnScenes few = new DrawnScenes(List.of(MALLOW, LILY), 24, 10, List.of(MALLOW, LILY, 0, MALLOW, LILY, 2));
        assertEquals(List.of(), ids(few.audit(1, attracting(few, 7))));
        assertEquals(List.of("background-shortcut:mallow"), ids(few.audit(1, attracting(few, 8))));
    }

    @Test
    void aTenthOfTheObjectsIsTheLeastThatCounts() throws Exception {
        InterventionAudit.Outcome tenth = LARGE.audit(1, attracting(LARGE, 12));
        assertEquals(LEAST, shortcut(tenth, MALLOW).put().difference().value(), "12 of 120");
        assertEquals(List.of("background-shortcut:mallow"), ids(tenth));
        InterventionAudit.Outcome less = LARGE.audit(1, attracting(LARGE, 11));
        assertTrue(shortcut(less, MALLOW).put().q() < LEVEL);
        assertEquals(List.of(), ids(less));

        DrawnScenes.Formula seldom = swaps(
                InterventionAuditTest::attracted,
                (object, kind, composite) -> kind != MALLOW && chance(3, composite.key()) < 0.07 ? ROSE : object);
        InterventionAudit.Outcome lost = LARGE.audit(1, seldom);
        SwapEffect removed = shortcut(lost, MALLOW).removed();
        assertTrue(removed.q() < LEVEL && removed.overBackgrounds() <= OF_BACKGROUNDS, removed.toString());
        assertTrue(removed.difference().value() < LEAST);
        assertEquals(List.of(), ids(lost));
    }

    @Test
    void falseAlarmsStayWithinTheLevelWhereOneOfTheTwoIsCertain() throws Exception {
        int alarms = 0;
        int seeds = 200;
        for (int s = 0; s < seeds; s++) {
            long seed = s;
            DrawnScenes.Formula coin = (object, kind, composite) -> chance(seed, composite.key()) < 0.5 ? MALLOW : ROSE;
            alarms += ids(ALONE.audit(
                            seed,
                            s % 2 == 0
                                    ? swaps(coin, InterventionAuditTest::missed)
                                    : swaps(InterventionAuditTest::attracted, coin)))
                    .size();
        }
        assertNotMore(alarms, seeds, LEVEL);
    }

    @Test
    void oneOddBackgroundDoesNotPassForItsScenes() throws Exception {
        DrawnScenes five = new DrawnScenes(List.of(MALLOW), 20, 10, List.of(MALLOW, 0, 2, LILY, POPPY, 0, 2, POPPY));
        String odd = five.held(MALLOW, true).stream()
                .filter(path -> five.kind(path) == MALLOW)
                .findFirst()
                .orElseThrow();
        DrawnScenes.Formula attracts = (object, kind, composite) ->
                ((Composite.Pasted) composite).background().item().path().equals(odd) ? MALLOW : object;
        int overObjects = 0;
        for (int seed = 0; seed < 5; seed++) {
            InterventionAudit.Outcome outcome = five.audit(seed, swaps(attracts, InterventionAuditTest::missed));
            SwapEffect put = shortcut(outcome, MALLOW).put();
            assertEquals(5, shortcut(outcome, MALLOW).donors());
            assertTrue(put.overBackgrounds() >= 5 / 40.0 - 0.01, "the odd one of at most 40 is one of five");
            assertEquals(List.of(), ids(outcome));
            overObjects += put.q() < LEVEL && put.difference().value() >= LEAST ? 1 : 0;
        }
        assertTrue(overObjects > 0, "over objects alone it would");
    }

    @Test
    void shortcutsAreFoundAsOftenAsTheSignTestSays() throws Exception {
        double b = 0.3;
        int found = 0;
        int seeds = 30;
        for (int seed = 100; seed < 100 + seeds; seed++) {
            found += ids(ALONE.audit(seed, byBackground(seed, b))).size();
        }
        // 40 objects of others once, 20 of mallow thrice; an eighth for the draws of the sign test
        double least = power(40, b, 8) + power(20, 1 - Math.pow(1 - b, 3), 8) - 1;
        assertTrue(least > 0.9);
        assertTrue(new BinomialDistribution(seeds, least).cumulativeProbability(found) > RARE, found + " of " + seeds);
    }

    @Test
    void tooFewObjectsOfTheClassShowNothing() throws Exception {
        DrawnScenes four = new DrawnScenes(List.of(MALLOW), 4, 10, HALF);
        InterventionAudit.Outcome outcome = four.audit(1, byBackground(1, 1));
        assertNull(shortcut(outcome, MALLOW).removed());
        assertEquals(List.of(), ids(outcome));
        assertTrue(
                outcome.findings().tests().stream().allMatch(test -> test.detectable() > 1), "nothing could be found");
        assertEquals(1, outcome.findings().tests().size());
    }

    @Test
    void whereNoOtherClassStandsInTheScenesGivenMasksLetItsOwnBackgroundsSpeak() throws Exception {
        DrawnScenes elsewhere = new DrawnScenes(List.of(MALLOW), 20, 10, List.of(0, 2, LILY, POPPY));
        InterventionAudit.Outcome given = elsewhere.audit(1, byBackground(1, 1), false, false);
        assertEquals(List.of("background-shortcut:mallow"), ids(given));
        assertFalse(shortcut(given, MALLOW).donorsOfOthers());
        assertEquals(List.of(), shortcut(given, MALLOW).examples(), "none of val and test stands in the scenes");
        InterventionAudit.Outcome estimated = elsewhere.audit(1, byBackground(1, 1), true, false);
        assertEquals(List.of(), ids(estimated), "what an estimate leaves of the object could speak for it");
        assertNull(shortcut(estimated, MALLOW).put());
    }

    @Test
    void theOrderOfImagesChangesNoVerdict() throws Exception {
        for (double b : new double[] {0, 0.5, 1}) {
            InterventionAudit.Outcome one = BOTH.audit(2, byBackground(2, b), false, false);
            InterventionAudit.Outcome other = BOTH.audit(2, byBackground(2, b), false, true);
            assertEquals(ids(one), ids(other));
            assertEquals(shortcut(one, MALLOW).donors(), shortcut(other, MALLOW).donors());
            assertEquals(shortcut(one, MALLOW).share(), shortcut(other, MALLOW).share());
            assertTrue(b == 0.5 || differences(one).equals(differences(other)));
        }
    }

    @Test
    void counterfactualImagesShowTheTiedClass() throws Exception {
        RunFolder run = new RunFolder(folder);
        InterventionAudit.Outcome outcome = ALONE.audit(1, byBackground(1, 0.5));
        outcome.evidence().write(run);
        List<Counterfactual> lines = CounterfactualsFile.read(run.counterfactuals());
        assertEquals(8, lines.size());
        Set<String> objects = new HashSet<>();
        for (Counterfactual line : lines) {
            boolean put = line.swap() == Counterfactual.Swap.PUT;
            assertEquals("mallow", line.subject());
            assertEquals(put, ALONE.label(line.object()) != MALLOW);
            assertEquals(put, ALONE.kind(line.background()) == MALLOW);
            assertEquals(put, ALONE.kind(line.otherBackground()) != MALLOW);
            assertEquals(put, line.predicted().equals("mallow"));
            assertEquals(put, !line.otherwise().equals("mallow"));
            assertNotEquals(MALLOW, ALONE.label(line.background()), "backgrounds are of other classes");
            assertNotEquals(MALLOW, ALONE.label(line.otherBackground()));
            assertTrue(objects.add(line.object()), "each object once");
        }
    }

    /** The background's class with probability b, else the object's; lily's background speaks for poppy. */
    private static DrawnScenes.Formula byBackground(long seed, double b) {
        return (object, kind, composite) -> {
            if (object == NOTHING || kind != NOTHING && chance(seed, composite.key()) < b) {
                return kind == LILY ? POPPY : kind;
            }
            return object;
        };
    }

    /** What is made of other classes' objects and of mallow in front of any background; what has no other part is what it shows. */
    private static DrawnScenes.Formula swaps(DrawnScenes.Formula ofOthers, DrawnScenes.Formula ofMallow) {
        return (object, kind, composite) -> {
            if (object == NOTHING || kind == NOTHING) {
                return Math.max(object, kind);
            }
            return (object == MALLOW ? ofMallow : ofOthers).predicted(object, kind, composite);
        };
    }

    private static int object(int object, int kind, Composite composite) {
        return object;
    }

    private static int attracted(int object, int kind, Composite composite) {
        return kind == MALLOW ? MALLOW : object;
    }

    /** Missed in front of all backgrounds but mallow's. */
    private static int missed(int object, int kind, Composite composite) {
        return kind == MALLOW ? object : ROSE;
    }

    /** Mallow's backgrounds make mallow of so many objects of others, and mallow is missed without them. */
    private static DrawnScenes.Formula attracting(DrawnScenes scenes, int count) {
        Set<String> attracted = Set.copyOf(scenes.held(MALLOW, true).subList(0, count));
        return swaps(
                (object, kind, composite) -> kind == MALLOW
                                && attracted.contains(((Composite.Pasted) composite)
                                        .object()
                                        .item()
                                        .path())
                        ? MALLOW
                        : object,
                InterventionAuditTest::missed);
    }

    private static List<String> ids(InterventionAudit.Outcome outcome) {
        return outcome.findings().findings().stream().map(Finding::id).toList();
    }

    private static Shortcut shortcut(InterventionAudit.Outcome outcome, int label) {
        return outcome.interventions().shortcuts().stream()
                .filter(shortcut -> shortcut.name().equals(CLASSES.get(label)))
                .findFirst()
                .orElseThrow();
    }

    /** Of mallow, put and removed. */
    private static List<Double> differences(InterventionAudit.Outcome outcome) {
        Shortcut mallow = shortcut(outcome, MALLOW);
        return List.of(
                mallow.put().difference().value(), mallow.removed().difference().value());
    }

    /** The chance of at least so many out of n. */
    private static double power(int n, double share, int least) {
        return 1 - new BinomialDistribution(n, share).cumulativeProbability(least - 1);
    }

    private static void assertWithin(int count, int n, double share) {
        BinomialDistribution counts = new BinomialDistribution(n, share);
        assertTrue(
                counts.cumulativeProbability(count) > RARE && 1 - counts.cumulativeProbability(count - 1) > RARE,
                count + " of " + n + " at " + share);
    }

    /** The lower bound of Clopper and Pearson is no more than the level. */
    private static void assertNotMore(int alarms, int n, double level) {
        assertTrue(power(n, level, alarms) > RARE, alarms + " of " + n);
    }
}
