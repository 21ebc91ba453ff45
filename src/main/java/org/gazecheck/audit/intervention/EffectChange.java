package org.gazecheck.audit.intervention;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Mitigation.ChangedEffect;
import org.gazecheck.stats.CrossedMean;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.SignFlips;

/**
 * What became of a shortcut's effect: the same contrasts, shown to the network before and after, paired by contrast. Its p-value is
 * that of {@link Trial}, in both directions.
 */
final class EffectChange {
    private EffectChange() {}

    /** Of two outcomes of the same question over the same contrasts. */
    static ChangedEffect of(Question question, int label, Trial.Outcome before, Trial.Outcome after) {
        int n = before.pairs().size();
        int draws = before.effect().draws();
        double[] changes = new double[n];
        int[] sums = new int[n / draws];
        int[] opposite = new int[sums.length];
        for (int i = 0; i < n; i++) {
            int change = Trial.difference(question, after.pairs().get(i), label)
                    - Trial.difference(question, before.pairs().get(i), label);
            changes[i] = change;
            sums[i / draws] += change;
            opposite[i / draws] -= change;
        }
        int[] objects = new int[n];
        Arrays.setAll(objects, i -> i / draws);
        CrossedMean mean = CrossedMean.of(
                changes,
                List.of(objects, levels(before.pairs(), Contrast::donor), levels(before.pairs(), Contrast::control)));
        CrossedMean mirrored = new CrossedMean(-mean.mean(), mean.variance(), mean.degrees());
        double up = Math.max(SignFlips.greaterP(sums), mean.greaterP());
        double down = Math.max(SignFlips.greaterP(opposite), mirrored.greaterP());
        Interval interval =
                mean.variance() > 0 ? mean.interval().within(-2, 2) : new Interval(mean.mean(), mean.mean());
        return new ChangedEffect(
                before.effect(),
                after.effect(),
                new Figure(mean.mean(), interval.low(), interval.high(), sums.length),
                Math.min(1, 2 * Math.min(up, down)));
    }

    private static int[] levels(List<Trial.Pair> pairs, Function<Contrast, String> of) {
        Map<String, Integer> levels = new HashMap<>();
        return pairs.stream()
                .mapToInt(pair -> levels.computeIfAbsent(of.apply(pair.contrast()), key -> levels.size()))
                .toArray();
    }
}
