package org.gazecheck.results;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code night.json}: what a night looked at.
 *
 * @param id of the night
 * @param model id of the watched run's results, below {@code models}
 * @param baseline id of the night whose model is the baseline; null where there was none
 * @param rules the gates' rules, failures before warnings
 * @param images new images that were evaluated
 * @param labelled of those, with a label
 * @param refused new files that are no usable image
 * @param duplicates new files whose bytes were known
 * @param ignored new files that are no images by their names
 * @param earlier nights before it that the history knows
 * @param undelivered messages of the night before that reached nobody, and calls at the beginning of this one
 * @param leftOut new files for which there was no time
 * @param warnings what is odd about what arrived
 */
public record NightRecord(
        int schemaVersion,
        String id,
        String model,
        @Nullable String baseline,
        List<String> rules,
        int images,
        int labelled,
        int refused,
        int duplicates,
        int ignored,
        int earlier,
        int undelivered,
        int leftOut,
        List<String> warnings) {
    public static final int SCHEMA_VERSION = 2;

    public NightRecord {
        rules = List.copyOf(rules);
        warnings = List.copyOf(warnings);
    }
}
