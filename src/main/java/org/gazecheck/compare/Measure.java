package org.gazecheck.compare;

import java.util.Optional;

/**
 * What is measured of both runs.
 *
 * @param name as rules use it, such as {@code test.top1}
 * @param ofClass the class that it is about; empty for all together
 * @param words for people
 * @param percent whether its values are shares, shown as percentages
 * @param good which way is better
 */
public record Measure(String name, Optional<String> ofClass, String words, boolean percent, Good good) {
    /** Which way is better. */
    public enum Good {
        HIGHER,
        LOWER,
        NEITHER
    }

    static Measure of(String name, String words, boolean percent, Good good) {
        return new Measure(name, Optional.empty(), words, percent, good);
    }

    static Measure ofClass(String name, String label, String words) {
        return new Measure(name, Optional.of(label), words, true, Good.HIGHER);
    }

    /** Under another split or set of images: {@code test.} in front of the name. */
    Measure in(String set) {
        return new Measure(set + "." + name, ofClass, words, percent, good);
    }
}
