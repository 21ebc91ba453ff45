package org.gazecheck.audit.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.results.WeakSegmentMember;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WeakSegmentsTest {
    @Test
    void aWeakClusterIsFoundWithAllItsImagesAndItsAccuracyOnTheHalfItWasNotFoundOn() {
        SimulatedSet set = SimulatedSet.of(800, 1);
        WeakSegments found = set.audited(i -> set.oneCluster().get(i) ? 0.5 : 0.9);
        Finding finding = found.findings().findings().get(0);
        assertEquals("weak-segment:heatmap cluster cluster0", finding.id());
        assertEquals(set.oneCluster(), SimulatedSet.members(found, finding));
        assertEquals(-0.4, finding.effect(), 0.12);
        assertTrue(finding.low() < finding.effect() && finding.effect() < finding.high() && finding.high() < 0);
        assertEquals(Severity.HIGH, finding.severity());
        assertEquals(12, finding.evidence().size());
        assertEquals(400, finding.n());
        long tested = found.members().stream()
                .filter(member -> member.segment().equals(finding.subject()))
                .filter(WeakSegmentMember::tested)
                .count();
        assertTrue(finding.text().contains(" of " + tested + " images are right"), finding.text());
        assertTrue(finding.text().contains("where the heatmap is of cluster cluster0"), finding.text());
    }

    @Test
    void whatOnlyTwoTraitsTogetherShowIsFoundByBoth() {
        SimulatedSet set = SimulatedSet.of(1200, 3);
        BitSet planted = set.darkInACluster();
        WeakSegments found = set.audited(i -> planted.get(i) ? 0.5 : 0.9);
        Finding finding = found.findings().findings().get(0);
        assertTrue(
                finding.subject().contains("brightness: lowest")
                        && finding.subject().contains("cluster1"),
                finding.subject());
    }

    @Test
    void noTwoFindingsAreMostlyOfTheSameImages() {
        SimulatedSet set = SimulatedSet.of(1000, 5);
        WeakSegments found =
                set.audited(i -> set.oneCluster().get(i) || set.dark().get(i) ? 0.4 : 0.95);
        List<BitSet> segments = found.findings().findings().stream()
                .map(finding -> SimulatedSet.members(found, finding))
                .toList();
        assertTrue(segments.size() >= 2, found.findings().findings().toString());
        for (int i = 0; i < segments.size(); i++) {
            for (int j = 0; j < i; j++) {
                int common = Segment.common(segments.get(i), segments.get(j)).cardinality();
                assertTrue(2 * common
                        <= Math.min(
                                segments.get(i).cardinality(), segments.get(j).cardinality()));
            }
        }
    }

    @Test
    void allThatIsCarriedForwardIsToldAndCorrected() {
        SimulatedSet set = SimulatedSet.of(600, 7);
        WeakSegments found = set.audited(i -> 0.8);
        List<TestedEffect> tests = found.findings().tests();
        assertFalse(tests.isEmpty());
        assertTrue(tests.size() <= SegmentSearch.MOST);
        Set<String> subjects = new HashSet<>();
        for (TestedEffect test : tests) {
            assertTrue(subjects.add(test.subject()));
            assertTrue(test.q() >= test.p());
            assertTrue(test.detectable() > 0.05 && test.detectable() < 1, test.toString());
        }
    }

    @Test
    void tooFewImagesAreNotDivided() {
        SimulatedSet set = SimulatedSet.of(50, 9);
        WeakSegments found = set.audited(i -> set.oneCluster().get(i) ? 0 : 1);
        assertTrue(found.findings().tests().isEmpty() && found.members().isEmpty());
    }

    @Test
    void theSameSetGivesTheSameFindings() {
        SimulatedSet set = SimulatedSet.of(400, 11);
        assertEquals(
                set.audited(i -> set.dark().get(i) ? 0.4 : 0.9),
                set.audited(i -> set.dark().get(i) ? 0.4 : 0.9));
    }

    @Test
    void whereAccuracyGoesWithNothingFewSetsHaveAFinding() {
        long held = LongStream.range(0, 80)
                .filter(seed -> !SimulatedSet.of(300, seed)
                        .audited(i -> 0.8)
                        .findings()
                        .findings()
                        .isEmpty())
                .count();
        assertTrue(held <= 6, held + " of 80");
    }

    /** Were it one in ten, 15 of 300 or fewer would come out once in a thousand. */
    @Test
    @Tag("slow")
    void whereAccuracyGoesWithNothingAtMostOneSetInTwentyHasAFinding() {
        for (double accuracy : new double[] {0.6, 0.85, 0.95}) {
            long held = LongStream.range(0, 300)
                    .filter(seed -> !SimulatedSet.of(1000, seed)
                            .audited(i -> accuracy)
                            .findings()
                            .findings()
                            .isEmpty())
                    .count();
            assertTrue(held <= 15, held + " of 300 at " + accuracy);
        }
    }

    /** Of 1000 images 15 % that are right by 20 points less often. */
    @Test
    @Tag("slow")
    void aSegmentOfFifteenPercentAndTwentyPointsIsMostlyFound() {
        assertPower(0.75, "a cluster", SimulatedSet::oneCluster);
        assertPower(0.65, "the darkest", SimulatedSet::dark);
        assertPower(0.55, "a cluster in the dark", SimulatedSet::darkInACluster);
    }

    /** Were it 15 points below, so many of 120 sets would be found once in a thousand or less. */
    private static void assertPower(double least, String what, Function<SimulatedSet, BitSet> planted) {
        for (double accuracy : new double[] {0.85, 0.95}) {
            long found = LongStream.range(0, 120)
                    .mapToObj(seed -> SimulatedSet.of(1000, seed))
                    .filter(set -> set.finds(planted.apply(set), accuracy, 0.2))
                    .count();
            assertTrue(found >= 120 * least, found + " of 120: " + what + " at " + accuracy);
        }
    }
}
