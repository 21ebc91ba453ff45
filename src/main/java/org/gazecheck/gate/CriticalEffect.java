package org.gazecheck.gate;

/** What a comparison could have seen: its critical value. */
@FunctionalInterface
public interface CriticalEffect {
    /**
     * @param level of the two-sided test
     * @param sign -1 for effects below zero, 1 for those above
     * @return the least effect of that sign whose p is at or below the level; NaN where none is, or where it is not known
     */
    double at(double level, int sign);

    /** Where it is not known. */
    CriticalEffect UNKNOWN = (level, sign) -> Double.NaN;
}
