package org.gazecheck.history;

import java.util.Optional;

/**
 * One figure of a run.
 *
 * @param split as files have it, such as "test"
 * @param ofClass the class that it is about; empty for all classes together
 * @param name such as "top1", "recall" or "attention.correct.insideMask.lift"
 * @param value NaN where the figure does not exist
 * @param low lower end of its 95 % interval; NaN where there is none
 * @param high upper end of its 95 % interval; NaN where there is none
 * @param n images behind it
 */
public record RecordedMetric(
        String split, Optional<String> ofClass, String name, double value, double low, double high, int n) {
    /** As rules name it, without its class: {@code test.top1}. */
    public String path() {
        return split + "." + name;
    }
}
