package org.gazecheck.mitigate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Mitigation.Change;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.McNemar;
import org.gazecheck.stats.Wilson;

/**
 * Both networks on the images of one split.
 *
 * @param split test, or val where nothing is in test
 */
record PairedPredictions(Split split, List<Pair> pairs) {
    PairedPredictions {
        pairs = List.copyOf(pairs);
    }

    /** One image. */
    record Pair(Prediction before, Prediction after) {}

    /** @param after of the same images */
    static PairedPredictions of(List<Prediction> before, List<Prediction> after) {
        Split split = after.stream().anyMatch(p -> p.split() == Split.TEST) ? Split.TEST : Split.VAL;
        Map<String, Prediction> earlier = new HashMap<>();
        before.forEach(p -> earlier.put(p.path(), p));
        List<Pair> pairs = new ArrayList<>();
        for (Prediction then : after) {
            Prediction was = earlier.get(then.path());
            if (then.split() == split && was != null) {
                pairs.add(new Pair(was, then));
            }
        }
        return new PairedPredictions(split, pairs);
    }

    /** Of those images that are meant; empty figures where there are none. */
    Change change(String name, Predicate<Prediction> meant) {
        int n = 0;
        int right = 0;
        int later = 0;
        int lost = 0;
        int won = 0;
        for (Pair pair : pairs) {
            if (meant.test(pair.after)) {
                n++;
                right += pair.before.correct() ? 1 : 0;
                later += pair.after.correct() ? 1 : 0;
                lost += pair.before.correct() && !pair.after.correct() ? 1 : 0;
                won += !pair.before.correct() && pair.after.correct() ? 1 : 0;
            }
        }
        McNemar test = new McNemar(lost, won, n);
        Interval interval = test.interval();
        return new Change(
                name,
                share(right, n),
                share(later, n),
                new Figure(test.difference(), interval.low(), interval.high(), n),
                lost,
                won,
                test.p());
    }

    private static Figure share(int k, int n) {
        Interval interval = n == 0 ? new Interval(Double.NaN, Double.NaN) : Wilson.interval(k, n);
        return new Figure(n == 0 ? Double.NaN : (double) k / n, interval.low(), interval.high(), n);
    }
}
