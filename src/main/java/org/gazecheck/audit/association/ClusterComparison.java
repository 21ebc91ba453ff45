package org.gazecheck.audit.association;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.DetectableEffect;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;
import org.gazecheck.stats.StratifiedGroups;

/**
 * The accuracy of images whose heatmaps lie in the same place against that of other images of the same classes; the
 * effect is the difference of accuracies over pairs within classes, -1..1.
 *
 * @param members of the group, the most typical first
 */
record ClusterComparison(AuditedImages images, String name, int[] members) implements Comparison {
    @Override
    public double[] values() {
        double[] values = new double[images.size()];
        for (int i : members) {
            values[i] = 1;
        }
        return values;
    }

    @Override
    public Tested tested(Randomness randomness, double p, double q, double critical) {
        boolean[] inGroup = new boolean[images.size()];
        IntStream.of(members).forEach(i -> inGroup[i] = true);
        double[] correct = IntStream.range(0, images.size())
                .mapToDouble(i -> images.wrong(i) ? 0 : 1)
                .toArray();
        StratifiedGroups groups = new StratifiedGroups(inGroup, images.labels());
        double difference = groups.cliffsDelta(correct);
        Interval interval = groups.interval(
                correct, new Bootstrap(RESAMPLES, randomness, Purpose.HEATMAP_CLUSTER_ACCURACY.about(name)));
        int[] compared = groups.comparable(correct);
        double spread = groups.spread(groups.ranks(correct)) / groups.pairs(correct);
        Statement statement = new Statement(
                severity(difference),
                text(correct, difference),
                difference,
                interval.low(),
                interval.high(),
                OptionalDouble.of(p),
                OptionalDouble.of(q),
                compared.length,
                evidence(difference),
                FindingKind.HEATMAP_CLUSTER.advice());
        Finding finding = new Finding(FindingKind.HEATMAP_CLUSTER, name, statement);
        TestedEffect effect = new TestedEffect(
                finding.kind(),
                name,
                "accuracy of the group less that of other images of the same class",
                difference,
                interval.low(),
                interval.high(),
                p,
                q,
                compared.length,
                DetectableEffect.of(spread, critical));
        return new Tested(effect, finding);
    }

    private static Severity severity(double difference) {
        return difference > 0 ? Severity.INFO : FindingKind.HEATMAP_CLUSTER.severity(-difference);
    }

    private List<String> evidence(double difference) {
        return Arrays.stream(members)
                .filter(i -> images.wrong(i) == difference < 0)
                .limit(EVIDENCE)
                .mapToObj(images::path)
                .toList();
    }

    private String text(double[] correct, double difference) {
        double accuracy =
                IntStream.of(members).mapToDouble(i -> correct[i]).average().orElse(Double.NaN);
        return String.format(
                Locale.ROOT,
                "On %s, %d images are decided in the same place (group %s); %.1f %% of them are right, %.1f percentage points"
                        + " %s than of other images of the same classes.",
                images.split().text(),
                members.length,
                name,
                100 * accuracy,
                Math.abs(100 * difference),
                difference < 0 ? "fewer" : "more");
    }
}
