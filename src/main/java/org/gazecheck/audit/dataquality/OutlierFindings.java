package org.gazecheck.audit.dataquality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.gazecheck.audit.dataquality.DataQualityInputs.HashedImage;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Split;
import org.gazecheck.results.Statement;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Wilson;

/** Splits that hold images unlike all of train. */
final class OutlierFindings {
    private static final int FEWEST_TRAIN = 30;
    private static final int EVIDENCE = 12;

    private OutlierFindings() {}

    /** Empty with fewer than 30 images in train. */
    static Optional<Outliers> measure(DataQualityInputs inputs) {
        int[] train = IntStream.range(0, inputs.images().size())
                .filter(i -> inputs.images().get(i).split() == Split.TRAIN)
                .toArray();
        return train.length < FEWEST_TRAIN
                ? Optional.empty()
                : Optional.of(Outliers.of(
                        inputs.features(), train, inputs.randomness().of(Purpose.OUTLIERS.stream(), 0)));
    }

    static Findings of(List<HashedImage> images, Outliers outliers) {
        List<Finding> findings = new ArrayList<>();
        for (Split split : Split.values()) {
            int[] members = IntStream.range(0, images.size())
                    .filter(i -> images.get(i).split() == split)
                    .toArray();
            List<Integer> out = IntStream.of(members)
                    .boxed()
                    .filter(i -> outliers.scores()[i] >= Outliers.LIMIT)
                    .sorted(Comparator.comparingDouble(i -> -outliers.scores()[i]))
                    .toList();
            if (!out.isEmpty()) {
                findings.add(finding(images, split, members.length, out, outliers));
            }
        }
        return new Findings(findings, List.of());
    }

    private static Finding finding(List<HashedImage> images, Split split, int n, List<Integer> out, Outliers outliers) {
        double share = (double) out.size() / n;
        Interval interval = Wilson.interval(out.size(), n);
        Statement statement = new Statement(
                FindingKind.OUTLIERS.severity(share),
                String.format(
                        Locale.ROOT,
                        "%d of %d images of %s (%.1f %%) are unlike all of train; the farthest lies %.1f robust standard"
                                + " deviations out.",
                        out.size(),
                        n,
                        split.text(),
                        100 * share,
                        outliers.scores()[out.get(0)]),
                share,
                interval.low(),
                interval.high(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                n,
                out.stream().limit(EVIDENCE).map(i -> images.get(i).path()).toList(),
                FindingKind.OUTLIERS.advice());
        return new Finding(FindingKind.OUTLIERS, split.text(), statement);
    }
}
