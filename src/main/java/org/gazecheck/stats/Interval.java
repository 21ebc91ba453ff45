package org.gazecheck.stats;

/** A 95 % interval; both ends are NaN when there is nothing to estimate from. */
public record Interval(double low, double high) {
    /** The part of it between {@code least} and {@code most}: where the figure can lie at all. */
    public Interval within(double least, double most) {
        return new Interval(Math.max(least, low), Math.min(most, high));
    }
}
