package org.gazecheck.audit.segment;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.gazecheck.stats.Holm;

/**
 * Looks for segments in which accuracy is lower on one half of the images and tests the clearest on the other (Cox 1975, on
 * hypotheses that the data suggest). However many segments are looked at, only those that are carried forward are corrected for.
 */
final class SegmentSearch {
    /** The chance of any finding where accuracy goes with nothing. */
    static final double LEVEL = 0.05;

    /** A segment has as many images in each half. */
    static final int FEWEST = 15;

    /** Carried forward. */
    static final int MOST = 8;

    private static final double LEAST_DIFFERENCE = 0.05;

    private final List<Trait> traits;
    private final BitSet errors;
    private final BitSet searched;
    private final BitSet tested;

    /**
     * @param errors indices of images that the network is wrong on
     * @param searched indices of the images that segments are looked for on
     * @param tested indices of the others
     */
    SegmentSearch(List<Trait> traits, BitSet errors, BitSet searched, BitSet tested) {
        this.traits = traits.stream()
                .filter(trait -> largeEnough(trait.members(), searched, tested))
                .toList();
        this.errors = errors;
        this.searched = searched;
        this.tested = tested;
    }

    /** A segment that was looked at, with how clear it is: p times how many of as many traits were. */
    private record Candidate(Segment segment, double score) {}

    /**
     * A segment that was carried forward.
     *
     * @param counts on the half that it was not found on
     * @param q corrected (Holm 1979) for all that were carried forward
     * @param most of which the correction was
     */
    record Result(Segment segment, ErrorCounts counts, double p, double q, int most) {
        boolean found() {
            return q <= LEVEL && counts.difference() < 0;
        }
    }

    /** The clearest on the half that was searched first. */
    List<Result> results() {
        List<Segment> carried = carried();
        List<ErrorCounts> counts = carried.stream()
                .map(segment -> ErrorCounts.of(segment.members(), errors, tested))
                .toList();
        double[] p = counts.stream().mapToDouble(ErrorCounts::p).toArray();
        double[] q = Holm.correct(p);
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            results.add(new Result(carried.get(i), counts.get(i), p[i], q[i], p.length));
        }
        return results;
    }

    /** Of those that overlap the clearest. */
    private List<Segment> carried() {
        List<Candidate> candidates = new ArrayList<>(scored(single()));
        candidates.addAll(scored(pairs()));
        candidates.sort(Comparator.comparingDouble(Candidate::score));
        List<Segment> carried = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Segment segment = candidate.segment();
            if (carried.size() < MOST && carried.stream().noneMatch(segment::overlaps)) {
                carried.add(segment);
            }
        }
        return carried;
    }

    private List<Segment> single() {
        return traits.stream().map(Segment::of).toList();
    }

    /** All pairs that are large enough. */
    private List<Segment> pairs() {
        List<Segment> pairs = new ArrayList<>();
        for (int i = 0; i < traits.size(); i++) {
            for (int j = i + 1; j < traits.size(); j++) {
                Trait one = traits.get(i);
                Trait other = traits.get(j);
                if (!Objects.equals(one.source(), other.source())) {
                    Segment pair = Segment.of(one, other);
                    if (largeEnough(pair.members(), searched, tested)) {
                        pairs.add(pair);
                    }
                }
            }
        }
        return pairs;
    }

    /** Those in which accuracy seems lower, and of a pair lower than in what else each of its traits holds. */
    private List<Candidate> scored(List<Segment> segments) {
        List<Candidate> scored = new ArrayList<>();
        for (Segment segment : segments) {
            ErrorCounts counts = ErrorCounts.of(segment.members(), errors, searched);
            if (counts.difference() <= -LEAST_DIFFERENCE) {
                double p = counts.p();
                if (p <= LEVEL && (segment.traits().size() == 1 || clearerThanItsParts(segment))) {
                    scored.add(new Candidate(segment, p * segments.size()));
                }
            }
        }
        return scored;
    }

    private boolean clearerThanItsParts(Segment pair) {
        return pair.traits().stream().allMatch(part -> {
            BitSet within = Segment.common(part.members(), searched);
            return ErrorCounts.of(pair.members(), errors, within).p() <= LEVEL;
        });
    }

    /** In both halves, and no more than half of all. */
    private static boolean largeEnough(BitSet members, BitSet searched, BitSet tested) {
        return 2 * members.cardinality() <= searched.cardinality() + tested.cardinality()
                && Segment.common(members, searched).cardinality() >= FEWEST
                && Segment.common(members, tested).cardinality() >= FEWEST;
    }
}
