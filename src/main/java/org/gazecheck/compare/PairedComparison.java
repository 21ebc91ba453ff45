package org.gazecheck.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gazecheck.compare.Measurement.Effect;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.compare.Measurement.NotApplicable;
import org.gazecheck.metric.Comparison.Values;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.metric.Source.OfImages;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.McNemar;
import org.gazecheck.stats.PairedDifferences;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.RandomStream;
import org.gazecheck.stats.Randomness;
import org.gazecheck.stats.SignedRank;

/**
 * The same images, by their bytes and split, in both runs: what another model makes of them.
 *
 * @param images evaluated in both
 * @param relabelled of those, with another label now: they say nothing about the model's accuracy
 * @param overall accuracy (McNemar), confidence and localisation (signed ranks) by split
 * @param classes accuracy by split and class; classes on which the runs differ on fewer than {@link
 *     McNemar#LEAST_DISCORDANT} images cannot differ at 5 % and take no part in the correction (Tarone 1990)
 * @param newlyWrong right before, wrong now; the most confident mistakes first
 * @param newlyRight wrong before, right now
 */
public record PairedComparison(
        int images,
        int relabelled,
        Family overall,
        Family classes,
        List<Flipped> newlyWrong,
        List<Flipped> newlyRight) {
    private static final int RESAMPLES = 500;

    /** Smaller differences are those of rounding, between engines or machines. */
    private static final double ROUNDING = 1e-4;

    /**
     * An image that changed sides.
     *
     * @param path in the later run
     * @param earlierPath in the earlier run
     * @param before predicted by the earlier run
     * @param now predicted by the later run
     * @param probability of {@code now}
     */
    public record Flipped(
            String path, String earlierPath, Split split, String label, String before, String now, float probability) {}

    private record Key(Split split, String sha256) {}

    private record Pair(Prediction before, Prediction now) {
        boolean sameLabel() {
            return before.label().equals(now.label());
        }

        boolean lost() {
            return before.correct() && !now.correct();
        }

        boolean won() {
            return !before.correct() && now.correct();
        }

        Flipped flipped() {
            return new Flipped(
                    now.path(),
                    before.path(),
                    now.split(),
                    now.label(),
                    before.predicted(),
                    now.predicted(),
                    now.pPredicted());
        }
    }

    static PairedComparison of(RunResults reference, RunResults later, Randomness randomness) {
        List<Pair> pairs = pairs(reference, later);
        List<Pair> judged = pairs.stream()
                .filter(p -> RunResults.labelled(p.now) && p.sameLabel())
                .toList();
        List<Measurement> overall = new ArrayList<>();
        List<Measurement> classes = new ArrayList<>();
        for (Split split : List.of(Split.TEST, Split.VAL)) {
            List<Pair> ofSplit =
                    pairs.stream().filter(p -> p.now.split() == split).toList();
            if (!ofSplit.isEmpty()) {
                List<Pair> judgedOfSplit =
                        judged.stream().filter(p -> p.now.split() == split).toList();
                overall.add(accuracy(MetricId.of(MetricSet.of(split), MetricRegistry.TOP1), judgedOfSplit));
                MetricId.all().stream()
                        .filter(id -> id.set() == MetricSet.of(split) && id.isCompared())
                        .filter(id -> id.metric().comparison() instanceof Values)
                        .forEach(id -> overall.add(differences(id, ofSplit, reference, later, randomness)));
                classes.addAll(byClass(split, judgedOfSplit));
            }
        }
        long relabelled = pairs.stream()
                .filter(p -> RunResults.labelled(p.before) && RunResults.labelled(p.now) && !p.sameLabel())
                .count();
        return new PairedComparison(
                pairs.size(),
                (int) relabelled,
                Family.corrected("the same images", overall),
                Family.corrected("the same images, class by class", classes),
                judged.stream()
                        .filter(Pair::lost)
                        .map(Pair::flipped)
                        .sorted((a, b) -> Float.compare(b.probability(), a.probability()))
                        .toList(),
                judged.stream().filter(Pair::won).map(Pair::flipped).toList());
    }

    /** The first of images with the same bytes in a split stands for all of them. */
    private static List<Pair> pairs(RunResults reference, RunResults later) {
        Map<Key, Prediction> before = new HashMap<>();
        reference.predictions().forEach(p -> before.putIfAbsent(new Key(p.split(), p.sha256()), p));
        List<Pair> pairs = new ArrayList<>();
        for (Prediction now : later.predictions()) {
            Prediction earlier = before.remove(new Key(now.split(), now.sha256()));
            if (earlier != null) {
                pairs.add(new Pair(earlier, now));
            }
        }
        return pairs;
    }

    private static Measurement accuracy(MetricId id, List<Pair> pairs) {
        if (pairs.isEmpty()) {
            return new NotApplicable(id, "none of the images has the same label in both runs");
        }
        int lost = (int) pairs.stream().filter(Pair::lost).count();
        int won = (int) pairs.stream().filter(Pair::won).count();
        McNemar test = new McNemar(lost, won, pairs.size());
        return new Measured(
                id,
                share(pairs.stream().filter(p -> p.before.correct()).count(), pairs.size()),
                share(pairs.stream().filter(p -> p.now.correct()).count(), pairs.size()),
                pairs.size(),
                pairs.size(),
                Effect.difference(test.difference(), test.interval()),
                Measurement.Test.MCNEMAR,
                test::critical,
                test.p(),
                Double.NaN);
    }

    private static double share(long k, int n) {
        return (double) k / n;
    }

    private static List<Measurement> byClass(Split split, List<Pair> pairs) {
        Map<String, List<Pair>> classes = new TreeMap<>();
        pairs.forEach(p -> classes.computeIfAbsent(p.now.label(), label -> new ArrayList<>())
                .add(p));
        List<Measurement> measurements = new ArrayList<>();
        classes.forEach((label, members) -> {
            MetricId id = MetricId.of(MetricSet.of(split), MetricRegistry.TOP1).ofClass(label);
            long discordant = members.stream().filter(p -> p.lost() || p.won()).count();
            measurements.add(
                    discordant < McNemar.LEAST_DISCORDANT
                            ? new NotApplicable(
                                    id,
                                    "the runs differ on " + discordant + " of its " + members.size()
                                            + " images, and fewer than " + McNemar.LEAST_DISCORDANT
                                            + " cannot be distinguished from chance")
                            : accuracy(id, members));
        });
        return measurements;
    }

    private static Measurement differences(
            MetricId id, List<Pair> pairs, RunResults reference, RunResults later, Randomness randomness) {
        OfImages source = (OfImages) id.metric().source();
        List<double[]> values = pairs.stream()
                .map(p -> new double[] {
                    source.value().applyAsDouble(reference.image(p.before)),
                    source.value().applyAsDouble(later.image(p.now))
                })
                .filter(v -> !Double.isNaN(v[0]) && !Double.isNaN(v[1]))
                .toList();
        if (values.isEmpty()) {
            return new NotApplicable(id, source.absent());
        }
        RandomStream stream = Purpose.COMPARED_PAIRS.about(
                ((Values) id.metric().comparison()).subject().in(id.set().text()));
        double[] differences = values.stream()
                .mapToDouble(v -> v[1] - v[0])
                .map(d -> Math.abs(d) < ROUNDING ? 0 : d)
                .toArray();
        PairedDifferences paired = new PairedDifferences(differences);
        Interval interval = paired.interval(new Bootstrap(RESAMPLES, randomness, stream));
        return new Measured(
                id,
                mean(values, 0),
                mean(values, 1),
                values.size(),
                values.size(),
                Effect.difference(paired.mean(), interval),
                Measurement.Test.SIGNED_RANKS,
                (level, sign) -> SignedRank.critical(differences, level, sign),
                SignedRank.of(differences).p(),
                Double.NaN);
    }

    private static double mean(List<double[]> values, int column) {
        return values.stream().mapToDouble(v -> v[column]).average().orElseThrow();
    }
}
