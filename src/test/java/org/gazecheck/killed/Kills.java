package org.gazecheck.killed;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often a test kills, and at which random moments: system properties {@code kills} and {@code kills.seed}. */
final class Kills {
    static final int COUNT = Integer.getInteger("kills", 100);

    /** So many kills must have hit what few hit. */
    static final boolean MANY = COUNT >= 50;

    private static final int SEED = Integer.getInteger("kills.seed", 1);

    private Kills() {}

    static SplittableRandom random(int round) {
        return new SplittableRandom(1000L * SEED + round);
    }

    /** How often each text is there. */
    static Map<String, Long> counts(Stream<String> texts) {
        return texts.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }
}
