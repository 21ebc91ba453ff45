package org.gazecheck.bench;

import java.util.Locale;

/** What is compared, with the ratio that must be reached and the one that is aimed at. */
enum Task {
    FORWARD(1.15, 1.3),
    GRADCAM(1.15, 1.3),
    GRADCAM_USUAL(3, 4),
    GRADCAM_LAYER3(0.85, 1.1),
    FINETUNE_LAYER4(0.7, 1.0),
    /** Networks of others, at a late layer. Each network at least at 1.0. */
    GRADCAM_EXTERNAL(1.2, 1.5),
    /** The same at an early layer. */
    GRADCAM_EXTERNAL_EARLY(0.8, 1.0),
    /** Nothing must be reached. */
    JOB(0, 0);

    private final double bar;
    private final double goal;

    Task(double bar, double goal) {
        this.bar = bar;
        this.goal = goal;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What must be reached, for the line that tells the ratio. */
    String demand() {
        return this == JOB ? "(no bar)" : String.format(Locale.ROOT, "(bar %.2f, goal %.2f)", bar, goal);
    }
}
