package org.gazecheck.compare;

import java.util.Locale;
import org.gazecheck.compare.Measurement.Effect;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.stats.Interval;

/** What was measured, in words and figures for people. */
public record MeasurementText(Measured measured) {
    public String before() {
        return value(measured.reference());
    }

    public String now() {
        return value(measured.value());
    }

    /** Whether it differs, and which way; in capitals where that is good or bad. */
    public String verdict() {
        if (!measured.differs(ComparisonText.LEVEL)) {
            return "no significant difference";
        }
        return switch (measured.direction()) {
            case BETTER -> "BETTER";
            case WORSE -> "WORSE";
            case HIGHER -> "higher";
            case LOWER -> "lower";
            case OTHER, SAME -> "DIFFERENT";
        };
    }

    /** Kind and size of the difference, with its interval where it has one. */
    public String effect() {
        Effect effect = measured.effect();
        boolean points = measured.id().metric().inPercent() && effect.name().equals(Effect.DIFFERENCE);
        double factor = points ? 100 : 1;
        Interval interval = effect.interval();
        return effect.name() + " " + number(factor * effect.size(), effect.signed())
                + (points ? " points" : "")
                + (Double.isNaN(interval.low())
                        ? ""
                        : ", 95 % interval " + number(factor * interval.low(), effect.signed()) + " to "
                                + number(factor * interval.high(), effect.signed()));
    }

    /** How many are behind it; both numbers where they differ. */
    public String images() {
        return (measured.referenceImages() == measured.images() ? "" : measured.referenceImages() + " and ")
                + measured.images();
    }

    /** Such as "q = 0.0120". */
    public static String probability(String name, double p) {
        return p < 0.0001 ? name + " < 0.0001" : String.format(Locale.ROOT, "%s = %.4f", name, p);
    }

    private String value(double value) {
        return measured.id().metric().inPercent()
                ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
                : number(value, false);
    }

    private static String number(double value, boolean signed) {
        double size = Math.abs(value);
        String format = size >= 1000 ? "0f" : size >= 10 ? "1f" : size >= 1 ? "2f" : "3f";
        return String.format(Locale.ROOT, (signed && value != 0 ? "%+." : "%.") + format, value);
    }
}
