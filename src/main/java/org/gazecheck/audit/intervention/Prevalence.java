package org.gazecheck.audit.intervention;

/**
 * How often something goes with a class in training; an association, from which no cause follows.
 *
 * @param share of the class's images that carry it, 0..1
 * @param expected the share of all images that do
 * @param others the share of the other classes' images that do; NaN where there are none
 * @param p of the association
 * @param q corrected for all that could have been proposed
 */
record Prevalence(double share, double expected, double others, double p, double q) {}
