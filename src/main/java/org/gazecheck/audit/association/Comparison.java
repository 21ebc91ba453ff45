package org.gazecheck.audit.association;

import org.gazecheck.results.Finding;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.Randomness;

/** Something that errors and correct predictions of the same class are compared by. */
sealed interface Comparison permits MeasureComparison, ClusterComparison {
    /** How many images a finding shows. */
    int EVIDENCE = 12;

    /** How often images are resampled for an interval. */
    int RESAMPLES = 1000;

    /**
     * A test, and what it says if it is a finding.
     */
    record Tested(TestedEffect effect, Finding finding) {}

    /** [n] what is ranked within classes; NaN where an image takes no part. */
    double[] values();

    /**
     * @param p of the test by itself
     * @param q corrected for all tests
     * @param critical what |effect| over its spread must reach to become a finding
     */
    Tested tested(Randomness randomness, double p, double q, double critical);
}
