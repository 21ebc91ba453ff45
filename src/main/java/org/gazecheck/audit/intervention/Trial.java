package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.stats.CrossedMean;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.SignFlips;
import org.gazecheck.stats.Wilson;

/**
 * Asks the network one question about one possible shortcut: a contrast an object, more only where objects are few. First some
 * objects; where nothing moves, it ends there, which can only lose what there is to find and raises no level. One test over all
 * that were tried.
 *
 * <p>p is the larger of two: exact sign flips over objects, and a one-sided t-test whose variance counts that objects share
 * donors and controls ({@link CrossedMean}), so that a few odd donors do not pass for their kind.
 */
final class Trial {
    /** Fewer objects than this say nothing. */
    static final int FEWEST = 5;

    static final int MOST = 200;
    private static final int FIRST = 40;
    private static final int CONTRASTS = 60;
    private static final int MOST_DRAWS = 10;

    private final Scores scores;
    private final boolean stopping;
    private final Progress progress;

    Trial(Scores scores, Progress progress) {
        this(scores, true, progress);
    }

    /** @param stopping whether it ends where nothing moves */
    Trial(Scores scores, boolean stopping, Progress progress) {
        this.scores = scores;
        this.stopping = stopping;
        this.progress = progress;
    }

    /** Makes contrasts of an object, each with another donor and another control. */
    interface Maker {
        Contrast of(SegmentedImage object);
    }

    /**
     * A composite, and what the network makes of it.
     *
     * @param probabilities of every class
     */
    record Answered(Composite composite, int best, float[] probabilities) {}

    /** Both images of a contrast. */
    record Pair(Contrast contrast, Answered with, Answered without) {}

    /**
     * What came of it.
     *
     * @param effect not corrected yet
     * @param pairs as many an object as were drawn, in the order of the objects
     */
    record Outcome(PairedEffect effect, List<Pair> pairs) {}

    /**
     * @param objects in the order in which they are tried
     * @param label the class in question
     * @return empty when there are too few objects
     */
    Optional<Outcome> of(Question question, List<SegmentedImage> objects, int label, Maker maker) throws IOException {
        if (objects.size() < FEWEST) {
            return Optional.empty();
        }
        List<SegmentedImage> tried = objects.subList(0, Math.min(MOST, objects.size()));
        int draws = draws(tried.size());
        int first = Math.min(FIRST, tried.size());
        List<Pair> pairs = new ArrayList<>(pairs(tried.subList(0, first), draws, maker));
        boolean stopped = stopping && first < tried.size() && net(question, pairs, label) <= 0;
        if (!stopped) {
            pairs.addAll(pairs(tried.subList(first, tried.size()), draws, maker));
        }
        return Optional.of(new Outcome(effect(question, pairs, label, objects.size(), draws, stopped), pairs));
    }

    static int draws(int objects) {
        return Math.min(MOST_DRAWS, (CONTRASTS + objects - 1) / objects);
    }

    private static int net(Question question, List<Pair> pairs, int label) {
        return pairs.stream()
                .mapToInt(pair -> difference(question, pair, label))
                .sum();
    }

    static int difference(Question question, Pair pair, int label) {
        return question.difference(
                counts(question, pair, pair.with, label), counts(question, pair, pair.without, label));
    }

    private static boolean counts(Question question, Pair pair, Answered answered, int label) {
        return question.counts(answered.best, label, pair.contrast.object().label());
    }

    private List<Pair> pairs(List<SegmentedImage> objects, int draws, Maker maker) throws IOException {
        List<Contrast> contrasts = new ArrayList<>();
        List<Composite> composites = new ArrayList<>();
        for (SegmentedImage object : objects) {
            for (int d = 0; d < draws; d++) {
                Contrast contrast = maker.of(object);
                contrasts.add(contrast);
                composites.add(contrast.with());
                composites.add(contrast.without());
            }
        }
        float[][] logits = scores.of(composites, "try shortcuts", progress);
        float[][] probabilities = scores.probabilities(logits);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < contrasts.size(); i++) {
            pairs.add(new Pair(
                    contrasts.get(i),
                    answered(composites, logits, probabilities, 2 * i),
                    answered(composites, logits, probabilities, 2 * i + 1)));
        }
        return pairs;
    }

    private static Answered answered(List<Composite> composites, float[][] logits, float[][] probabilities, int i) {
        return new Answered(
                composites.get(i), CompositeScores.best(logits[i], probabilities[i].length), probabilities[i]);
    }

    private static PairedEffect effect(
            Question question, List<Pair> pairs, int label, int available, int draws, boolean stopped) {
        int n = pairs.size();
        int[] object = new int[n];
        int[] donor = new int[n];
        int[] control = new int[n];
        double[] differences = new double[n];
        Map<String, Integer> donors = new HashMap<>();
        Map<String, Integer> controls = new HashMap<>();
        int with = 0;
        int without = 0;
        int[] sums = new int[n / draws];
        for (int i = 0; i < n; i++) {
            Pair pair = pairs.get(i);
            object[i] = i / draws;
            donor[i] = donors.computeIfAbsent(pair.contrast.donor(), key -> donors.size());
            control[i] = controls.computeIfAbsent(pair.contrast.control(), key -> controls.size());
            int difference = difference(question, pair, label);
            differences[i] = difference;
            sums[i / draws] += difference;
            with += counts(question, pair, pair.with, label) ? 1 : 0;
            without += counts(question, pair, pair.without, label) ? 1 : 0;
        }
        CrossedMean mean = CrossedMean.of(differences, List.of(object, donor, control));
        double p = Math.max(SignFlips.greaterP(sums), mean.greaterP());
        Interval interval = mean.variance() > 0 ? mean.interval().within(-1, 1) : unmoved(mean.mean(), sums.length);
        return new PairedEffect(
                (double) with / n,
                (double) without / n,
                new Figure(mean.mean(), interval.low(), interval.high(), sums.length),
                p,
                p,
                available,
                draws,
                donors.size(),
                controls.size(),
                stopped);
    }

    /** Where all objects say the same: as far as Wilson's interval for all of n, or for none, reaches. */
    private static Interval unmoved(double mean, int n) {
        double reach = Wilson.interval(0, n).high();
        return new Interval(Math.max(-1, mean - reach), Math.min(1, mean + reach));
    }
}
