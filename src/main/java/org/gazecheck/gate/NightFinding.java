package org.gazecheck.gate;

import java.util.OptionalDouble;
import org.gazecheck.results.Finding;

/**
 * A finding of tonight.
 *
 * @param isNew whether the comparison has no finding of its kind and subject
 * @param p corrected for all tests of tonight's audit together, so that the chance of any false one is bounded (Holm);
 *     empty for a finding that rests on no test
 */
public record NightFinding(Finding finding, boolean isNew, OptionalDouble p) {}
