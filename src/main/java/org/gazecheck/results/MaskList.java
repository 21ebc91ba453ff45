package org.gazecheck.results;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code masks.json}: the masks of a run that were given, and how their values are read.
 *
 * @param rule which values are the object: {@code notZero}, {@code upperHalf}, {@code from}, {@code palette}
 * @param least smallest value that is object, for the rule {@code from}; else 0
 * @param files of masks by image, relative to the folder of masks
 */
public record MaskList(int schemaVersion, String rule, int least, Map<String, String> files) {
    public static final int SCHEMA_VERSION = 1;

    public MaskList {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }
}
