package org.gazecheck.audit.segment;

import java.util.BitSet;
import java.util.List;
import org.gazecheck.stats.StratifiedFisher;
import org.gazecheck.stats.TwoProportions;

/**
 * The errors in a segment beside those in others.
 *
 * @param wrong in the segment, of {@code size}
 * @param othersWrong outside, of {@code others}
 */
record ErrorCounts(int wrong, int size, int othersWrong, int others) {
    /**
     * @param errors indices of images that the network is wrong on
     * @param within indices of the images that are compared
     */
    static ErrorCounts of(BitSet segment, BitSet errors, BitSet within) {
        BitSet inside = Segment.common(segment, within);
        BitSet outside = Segment.without(within, segment);
        return new ErrorCounts(
                Segment.common(inside, errors).cardinality(),
                inside.cardinality(),
                Segment.common(outside, errors).cardinality(),
                outside.cardinality());
    }

    /** Accuracy in the segment less that outside, -1..1; 0 where one is empty. */
    double difference() {
        return size == 0 || others == 0 ? 0 : (double) othersWrong / others - (double) wrong / size;
    }

    /** Of right answers; neither is empty. */
    TwoProportions accuracies() {
        return new TwoProportions(size - wrong, size, others - othersWrong, others);
    }

    /** Fisher's exact test that errors are no more frequent in the segment: one-sided. */
    double p() {
        return StratifiedFisher.greaterP(
                List.of(new StratifiedFisher.Stratum(wrong, size, wrong + othersWrong, size + others)));
    }

    /** The spread of {@link #difference} where accuracy is the same on both sides. */
    double spread() {
        double share = (double) (wrong + othersWrong) / (size + others);
        return Math.sqrt(share * (1 - share) * (1.0 / size + 1.0 / others));
    }
}
