package org.gazecheck.stats;

/** What a test could have seen: from which effect on it speaks of more than chance. */
@FunctionalInterface
public interface CriticalEffect {
    /** Where it is not known. */
    CriticalEffect UNKNOWN = (level, sign) -> Double.NaN;

    /**
     * @param level of the two-sided test
     * @param sign -1 for effects below zero, 1 for those above
     * @return the effect of that sign nearest to zero whose p is at or below the level; infinite where with these images none
     *     is large enough; NaN where it is not known
     */
    double at(double level, int sign);
}
