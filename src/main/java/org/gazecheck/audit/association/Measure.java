package org.gazecheck.audit.association;

import java.util.Locale;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Purpose.Subject;

/**
 * A number of each audited image that may go with being wrong.
 *
 * @param id as the columns of {@code localisation.csv} and {@code properties.csv} have it
 * @param subject of its random numbers
 * @param what it is, to be put into a sentence: "energy near the border"
 * @param unit what values times {@code scale} are in: "% of the energy"
 * @param scale from values to the unit
 * @param alarm which side is a sign of localisation off the object
 * @param values [n] NaN where an image has none
 */
record Measure(String id, Subject subject, String what, String unit, double scale, Alarm alarm, double[] values) {
    /** Which values of errors are worse than those of correct predictions. */
    enum Alarm {
        HIGHER,
        LOWER,
        EITHER
    }

    /** What a difference of values times {@code scale} is in, with a blank before it where there is a unit. */
    String differenceUnit() {
        return unit.isEmpty() ? "" : unit.startsWith("%") ? " percentage points" : " " + unit;
    }

    /** A value in its unit: {@code 15.0 %}. */
    String inUnit(double value) {
        return String.format(Locale.ROOT, "%.3g", scale * value) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** Cliff's delta with its interval; in words where no pair is the other way round. */
    static String delta(double delta, Interval interval) {
        String numbers =
                String.format(Locale.ROOT, "Cliff's delta %.2f, %.2f to %.2f", delta, interval.low(), interval.high());
        if (Math.abs(delta) < 1) {
            return numbers;
        }
        return "every error lies " + (delta < 0 ? "below" : "above") + " every correct prediction of its class; "
                + numbers;
    }

    /** Whether a surplus of this sign is worse. */
    boolean worse(double effect) {
        return alarm == Alarm.EITHER || (effect > 0) == (alarm == Alarm.HIGHER);
    }
}
