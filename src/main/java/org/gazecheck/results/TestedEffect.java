package org.gazecheck.results;

/**
 * One test that the audit made, whether or not it became a finding: a "nothing found" is worth what could have been
 * found.
 *
 * @param kind the kind of finding that it would have become
 * @param subject what that finding would have been about
 * @param measure what was compared, with its unit
 * @param effect its size
 * @param low lower end of its 95 % interval; NaN where there is none
 * @param high upper end of its 95 % interval; NaN where there is none
 * @param p two-sided p-value
 * @param q p-value corrected for the number of tests
 * @param n images behind it
 * @param detectable the smallest effect that would have been found with a probability of 80 %; NaN where it is unknown
 */
public record TestedEffect(
        FindingKind kind,
        String subject,
        String measure,
        double effect,
        double low,
        double high,
        double p,
        double q,
        int n,
        double detectable) {}
