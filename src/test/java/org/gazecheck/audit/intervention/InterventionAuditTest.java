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
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Interventions.Shortcut;
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
    private static final double LEAST = 0.08;
    private static final double WITNESS = 0.05;
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
        assertEquals(List.of("background-shortcut:mallow proven"), graded(outcome));
        assertEquals("background", outcome.findings().findings().get(0).reason());
        assertEquals(0.9, shortcut(outcome, MALLOW).share(), 1e-12, "as train was drawn");
        assertNull(shortcut(outcome, LILY).grade());
        for (String path : outcome.findings().findings().get(0).evidence()) {
            assertEquals(MALLOW, BOTH.kind(path), path + " shows mallow's scenes");
        }
    }

    @Test
    void aTieOfSixTenthsIsNamedToo() throws Exception {
        DrawnScenes partly = new DrawnScenes(List.of(MALLOW), 20, 10, HALF, 5);
        InterventionAudit.Outcome outcome = partly.audit(1, byBackground(1, 0.5));
        assertEquals(0.6, shortcut(outcome, MALLOW).share(), 1e-12);
        assertEquals(List.of("background-shortcut:mallow proven"), graded(outcome));
    }

    @Test
    void ratesAreThoseOfTheClosedForm() throws Exception {
        double b = 0.3;
        int attracted = 0;
        int missed = 0;
        int seeds = 12;
        for (int seed = 0; seed < seeds; seed++) {
            Shortcut mallow = shortcut(ALONE.audit(seed, byBackground(seed, b)), MALLOW);
            PairedEffect attracts = mallow.attracts();
            PairedEffect needs = mallow.needs();
            attracted += (int) Math.round(80 * attracts.with());
            missed += (int) Math.round(60 * (1 - needs.without()));
            assertEquals(0, attracts.without(), "no other background speaks for mallow");
            assertEquals(1, needs.with(), "its own backgrounds speak for it");
            assertEquals(attracts.with(), attracts.difference().value(), 1e-12);
            assertEquals(1 - needs.without(), needs.difference().value(), 1e-12);
            assertEquals(List.of(40, 2), List.of(attracts.difference().n(), attracts.draws()));
            assertEquals(List.of(20, 3), List.of(needs.difference().n(), needs.draws()));
        }
        assertWithin(attracted, 80 * seeds, b);
        assertWithin(missed, 60 * seeds, b);
    }

    @Test
    void aNetworkThatGoesByObjectsHasNoShortcutAndWhatCouldHaveBeenFoundIsSaid() throws Exception {
        InterventionAudit.Outcome outcome = LARGE.audit(1, byBackground(1, 0));
        assertEquals(List.of(), graded(outcome));
        assertEquals(1, outcome.findings().tests().size());
        TestedEffect test = outcome.findings().tests().get(0);
        assertEquals(FindingKind.BACKGROUND_SHORTCUT, test.kind());
        assertEquals(List.of(0.0, 1.0), List.of(test.effect(), test.q()));
        assertTrue(shortcut(outcome, MALLOW).attracts().stopped(), "nothing moved");
        assertEquals(40, test.n());
        assertTrue(test.detectable() >= LEAST && test.detectable() < 0.2, test.toString());
    }

    @Test
    void whatOnlyAttractsOrIsOnlyMissedIsSuspected() throws Exception {
        InterventionAudit.Outcome attracts =
                ALONE.audit(1, swaps(InterventionAuditTest::attracted, InterventionAuditTest::object));
        InterventionAudit.Outcome missed =
                ALONE.audit(1, swaps(InterventionAuditTest::object, InterventionAuditTest::missed));
        InterventionAudit.Outcome both =
                ALONE.audit(1, swaps(InterventionAuditTest::attracted, InterventionAuditTest::missed));
        assertEquals(List.of("background-shortcut:mallow suspected"), graded(attracts));
        assertEquals(List.of(1.0, 0.0), differences(attracts));
        assertEquals(List.of("background-shortcut:mallow suspected"), graded(missed));
        assertEquals(List.of(0.0, 1.0), differences(missed));
        assertEquals(List.of("background-shortcut:mallow proven"), graded(both));
        assertEquals(List.of(1.0, 1.0), differences(both));
    }

    /** A class can attract without needing: images as they are may be the second witness. */
    @Test
    void imagesOfOthersThatAreCalledItInItsScenesAreAWitness() throws Exception {
        DrawnScenes.Formula attracting = swaps(InterventionAuditTest::attracted, InterventionAuditTest::object);
        InterventionAudit.Outcome outcome =
                ALONE.audit(1, attracting, (label, kind) -> kind == MALLOW ? MALLOW : label);
        assertEquals(List.of("background-shortcut:mallow proven"), graded(outcome));
        Shortcut mallow = shortcut(outcome, MALLOW);
        assertEquals(mallow.natural().carriers(), mallow.natural().carriersCalled());
        assertEquals(0, mallow.natural().othersCalled());
        assertEquals(1, mallow.repairs().difference().value(), "what is called mallow there is right elsewhere");
    }

    @Test
    void falseProofsStayWithinTheLevelWhereTheOtherWitnessIsCertain() throws Exception {
        int proven = 0;
        int suspected = 0;
        int seeds = 200;
        for (int s = 0; s < seeds; s++) {
            long seed = s;
            DrawnScenes.Formula coin = (object, kind, composite) -> chance(seed, composite.key()) < 0.5 ? MALLOW : ROSE;
            proven += graded(ALONE.audit(seed, swaps(coin, InterventionAuditTest::missed)))
                            .contains("background-shortcut:mallow proven")
                    ? 1
                    : 0;
            suspected += graded(ALONE.audit(seed, swaps(coin, InterventionAuditTest::object)))
                    .size();
        }
        assertNotMore(proven, seeds, LEVEL);
        assertNotMore(suspected, seeds, LEVEL + WITNESS);
    }

    @Test
    void oneOddBackgroundDoesNotPassForItsScenes() throws Exception {
        DrawnScenes eight =
                new DrawnScenes(List.of(MALLOW), 20, 16, List.of(MALLOW, 0, 2, LILY, POPPY, 0, 2, POPPY), 0);
        String odd = eight.held(MALLOW, true).stream()
                .filter(path -> eight.kind(path) == MALLOW)
                .findFirst()
                .orElseThrow();
        DrawnScenes.Formula attracts = (object, kind, composite) ->
                ((Composite.Pasted) composite).background().item().path().equals(odd) ? MALLOW : object;
        for (int seed = 0; seed < 5; seed++) {
            InterventionAudit.Outcome outcome = eight.audit(seed, swaps(attracts, InterventionAuditTest::missed));
            Shortcut mallow = shortcut(outcome, MALLOW);
            assertEquals(8, mallow.donors());
            assertTrue(mallow.attracts().difference().value() >= LEAST, "by its size alone it would");
            assertEquals(List.of("background-shortcut:mallow suspected"), graded(outcome), "for what it is missed");
            assertTrue(mallow.attracts().p() > LEVEL, mallow.attracts().toString());
        }
    }

    @Test
    void shortcutsAreProvenNearlyAlways() throws Exception {
        int found = 0;
        int seeds = 30;
        for (int seed = 100; seed < 100 + seeds; seed++) {
            found += graded(LARGE.audit(seed, byBackground(seed, 0.3))).contains("background-shortcut:mallow proven")
                    ? 1
                    : 0;
        }
        assertTrue(found >= 29, found + " of " + seeds);
    }

    @Test
    void withoutEnoughOfTheClassNothingSaysThatItNeedsThem() throws Exception {
        DrawnScenes four = new DrawnScenes(List.of(MALLOW), 4, 10, HALF);
        InterventionAudit.Outcome outcome = four.audit(1, byBackground(1, 1));
        assertNull(shortcut(outcome, MALLOW).needs());
        assertEquals(List.of("background-shortcut:mallow suspected"), graded(outcome));
    }

    @Test
    void whereNoOtherClassStandsInTheScenesItsOwnBackgroundsCanOnlySuspect() throws Exception {
        DrawnScenes elsewhere = new DrawnScenes(List.of(MALLOW), 20, 10, List.of(0, 2, LILY, POPPY), 0);
        InterventionAudit.Outcome given = elsewhere.audit(1, byBackground(1, 1), false, false);
        assertEquals(List.of("background-shortcut:mallow suspected"), graded(given));
        assertFalse(shortcut(given, MALLOW).donorsOfOthers());
        assertEquals(List.of(), shortcut(given, MALLOW).examples(), "none of val and test stands in the scenes");
        InterventionAudit.Outcome estimated = elsewhere.audit(1, byBackground(1, 1), true, false);
        assertEquals(List.of(), graded(estimated), "what an estimate leaves of the object could speak for it");
        assertNull(shortcut(estimated, MALLOW).attracts());
    }

    @Test
    void theOrderOfImagesChangesNothing() throws Exception {
        for (double b : new double[] {0, 0.5, 1}) {
            InterventionAudit.Outcome one = BOTH.audit(2, byBackground(2, b), false, false);
            InterventionAudit.Outcome other = BOTH.audit(2, byBackground(2, b), false, true);
            assertEquals(graded(one), graded(other));
            assertEquals(
                    shortcut(one, MALLOW).attracts(), shortcut(other, MALLOW).attracts());
            assertEquals(shortcut(one, MALLOW).needs(), shortcut(other, MALLOW).needs());
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
            assertEquals(put, ALONE.kind(line.source()) == MALLOW);
            assertEquals(put, ALONE.kind(line.otherSource()) != MALLOW);
            assertEquals(put, line.predicted().equals("mallow"));
            assertEquals(put, !line.otherwise().equals("mallow"));
            assertNotEquals(MALLOW, ALONE.label(line.source()), "backgrounds are of other classes");
            assertNotEquals(MALLOW, ALONE.label(line.otherSource()));
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

    private static List<String> graded(InterventionAudit.Outcome outcome) {
        return outcome.findings().findings().stream()
                .map(finding -> finding.id() + " " + finding.grade().text())
                .toList();
    }

    private static Shortcut shortcut(InterventionAudit.Outcome outcome, int label) {
        return outcome.interventions().shortcuts().stream()
                .filter(shortcut -> shortcut.name().equals(CLASSES.get(label)))
                .findFirst()
                .orElseThrow();
    }

    /** Of mallow, attracts and needs. */
    private static List<Double> differences(InterventionAudit.Outcome outcome) {
        Shortcut mallow = shortcut(outcome, MALLOW);
        return List.of(
                mallow.attracts().difference().value(),
                mallow.needs().difference().value());
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
