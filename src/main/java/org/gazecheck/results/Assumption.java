package org.gazecheck.results;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Input that could be meant in more than one way, and how it is used: {@code run.json} lists it, and it is told.
 *
 * @param stage that uses it, by its name
 * @param id what could be meant otherwise, for programs, such as {@code data.splits}
 * @param text one sentence
 * @param counts of files, images or names, by what is counted
 */
public record Assumption(String stage, String id, String text, Map<String, Integer> counts) {
    public Assumption {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
