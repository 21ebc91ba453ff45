package org.gazecheck.stats;

/**
 * Random numbers for one purpose, made by {@link Purpose}.
 *
 * @param id what they derive from besides the seed
 */
public record RandomStream(String id) {
    /** For what is drawn to see what calibrated answers would give. */
    public RandomStream calibrated() {
        return new RandomStream(id + ", calibrated");
    }
}
