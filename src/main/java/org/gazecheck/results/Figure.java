package org.gazecheck.results;

/**
 * A measured figure with its 95 % interval.
 *
 * @param n number of images behind it
 */
public record Figure(double value, double low, double high, int n) {}
