package org.gazecheck.metric;

/** What a metric is counted in, and what it can be at least and at most. */
public enum Unit {
    SHARE("share", 1),
    NATS("nats", Double.POSITIVE_INFINITY),
    TIMES_CHANCE("times chance", Double.POSITIVE_INFINITY),
    DEVIATIONS("robust standard deviations", Double.POSITIVE_INFINITY),
    RATIO("ratio", Double.POSITIVE_INFINITY),
    PIXELS("pixels", Double.POSITIVE_INFINITY),
    IMAGES("images", Double.POSITIVE_INFINITY),
    FILES("files", Double.POSITIVE_INFINITY),
    FINDINGS("findings", Double.POSITIVE_INFINITY),
    NIGHTS("nights", Double.POSITIVE_INFINITY),
    MESSAGES("messages", Double.POSITIVE_INFINITY),
    CLASSES("classes", Double.POSITIVE_INFINITY),
    SECONDS("seconds", Double.POSITIVE_INFINITY),
    /** 1 where it is so, 0 where it is not. */
    TRUTH("true or false", 1),
    SQUARED_STEPS("squared steps of 8 bits", Double.POSITIVE_INFINITY),
    /** Of what has no value by itself, but tests. */
    NONE("", Double.POSITIVE_INFINITY);

    private final String text;
    private final double most;

    Unit(String text, double most) {
        this.text = text;
        this.most = most;
    }

    public String text() {
        return text;
    }

    public double least() {
        return 0;
    }

    /** Infinite where nothing bounds it. */
    public double most() {
        return most;
    }

    public boolean holds(double value) {
        return value >= least() && value <= most;
    }
}
