package org.gazecheck.knownanswers;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gazecheck.stats.RandomStream;
import org.gazecheck.stats.Randomness;

/** Random numbers of a set, each from what it is for. */
final class Lot {
    private final Randomness randomness;

    Lot(long seed) {
        this.randomness = new Randomness(seed);
    }

    SplittableRandom of(String purpose, String subject) {
        return randomness.of(new RandomStream("known answers: " + purpose), 0, subject, "");
    }

    <T> List<T> shuffled(List<T> items, String purpose, String subject) {
        SplittableRandom random = of(purpose, subject);
        List<T> shuffled = new ArrayList<>(items);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            T other = shuffled.get(i);
            int j = random.nextInt(i + 1);
            shuffled.set(i, shuffled.get(j));
            shuffled.set(j, other);
        }
        return shuffled;
    }

    static double between(SplittableRandom random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
