package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.results.Reason;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class CandidateScreenTest {
    @Test
    void besidesTheBackgroundTwoOfAClassAreTriedOneOfAKind() {
        Candidate brick = candidate(1, Reason.BACKGROUND, "brick", 0.9);
        Candidate water = candidate(1, Reason.BACKGROUND, "water", 0.8);
        Candidate stamp = candidate(1, Reason.PATCH, "stamp", 0.95);
        Candidate blur = candidate(1, Reason.BLUR, "blur", 0.92);
        Candidate size = candidate(1, Reason.SIZE, "size", 0.91);
        Candidate other = candidate(2, Reason.SIZE, "size", 0.3);

        CandidateScreen screen = CandidateScreen.of(List.of(other, size, blur, water, brick, stamp));

        assertEquals(List.of(stamp, blur, brick, other), screen.tried());
        assertEquals(List.of(size, water), List.copyOf(screen.out().keySet()));
        assertTrue(screen.out().get(water).contains("kind"));
        assertTrue(screen.out().get(size).startsWith("two clearer ones"));
        assertEquals(
                List.of("size", "water"),
                screen.screened(List.of("a", "b", "c")).stream()
                        .map(each -> each.detail())
                        .toList());
    }

    @Test
    void noMoreThanFortyAreTriedSoThatTheCorrectionStaysPayable() {
        List<Candidate> many = new ArrayList<>();
        for (int label = 0; label < 60; label++) {
            many.add(candidate(label, Reason.BLUR, "blur", 0.5 + label / 1000.0));
        }
        CandidateScreen screen = CandidateScreen.of(many);
        assertEquals(40, screen.tried().size());
        assertEquals(59, screen.tried().get(0).label(), "the clearest first");
        assertEquals(20, screen.out().size());
    }

    @Test
    void aBudgetIsSpentWhenSoManyImagesWereMade() {
        Budget small = new Budget(10);
        small.spend(9);
        assertFalse(small.isSpent());
        small.spend(4);
        assertTrue(small.isSpent(), "what began is finished");
    }

    private static Candidate candidate(int label, Reason reason, String detail, double share) {
        return new MadeCandidate() {
            @Override
            public int label() {
                return label;
            }

            @Override
            public Reason reason() {
                return reason;
            }

            @Override
            public String detail() {
                return detail;
            }

            @Override
            public Prevalence prevalence() {
                return new Prevalence(share, share / 2, 0.1, 0.001, 0.002);
            }

            @Override
            public boolean triable() {
                return true;
            }

            @Override
            public boolean carries(SegmentedImage image) {
                return false;
            }

            @Override
            public double strength(SegmentedImage image) {
                return 0;
            }

            @Override
            public boolean fits(Question question, SegmentedImage image) {
                return true;
            }

            @Override
            public Trial.Maker contrasts(Question question, Randomness randomness) {
                throw new AssertionError("not tried here");
            }
        };
    }
}
