package org.gazecheck.audit.association;

/**
 * A number of each audited image that may go with being wrong.
 *
 * @param id as the columns of {@code attention.csv} and {@code properties.csv} have it
 * @param what it is, to be put into a sentence: "energy near the border"
 * @param unit what values times {@code scale} are in: "% of the energy"
 * @param scale from values to the unit
 * @param alarm which side is a sign that the network looks away
 * @param values [n] NaN where an image has none
 */
record Measure(String id, String what, String unit, double scale, Alarm alarm, double[] values) {
    /** Which values of errors are worse than those of correct predictions. */
    enum Alarm {
        HIGHER,
        LOWER,
        EITHER
    }

    /** Whether a surplus of this sign is worse. */
    boolean worse(double effect) {
        return alarm == Alarm.EITHER || (effect > 0) == (alarm == Alarm.HIGHER);
    }
}
