package org.gazecheck.audit.segment;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.gazecheck.audit.association.AuditedImages;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.results.WeakSegmentMember;
import org.gazecheck.stats.DetectableEffect;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * Segments of the audited images in which accuracy is lower.
 *
 * @param members all images of those that were found
 */
record WeakSegments(Findings findings, List<WeakSegmentMember> members) {
    private static final int EVIDENCE = 12;

    WeakSegments {
        members = List.copyOf(members);
    }

    static WeakSegments of(AuditedImages images, List<Trait> traits, Randomness randomness) {
        BitSet errors = new BitSet();
        IntStream.range(0, images.size()).filter(images::wrong).forEach(errors::set);
        BitSet searched = searched(images, randomness);
        BitSet tested = Segment.without(all(images.size()), searched);
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tests = new ArrayList<>();
        List<WeakSegmentMember> members = new ArrayList<>();
        for (SegmentSearch.Result result : new SegmentSearch(traits, errors, searched, tested).results()) {
            Interval interval = result.counts().accuracies().interval();
            tests.add(test(result, interval));
            if (result.found()) {
                findings.add(finding(images, result, interval));
                result.segment().members().stream()
                        .mapToObj(i -> member(images.predictions().get(i), result.segment(), searched.get(i)))
                        .forEach(members::add);
            }
        }
        findings.sort(Comparator.comparingDouble(Finding::effect));
        return new WeakSegments(new Findings(findings, tests), members);
    }

    /** Every other image of each class, in an order of their own random numbers. */
    private static BitSet searched(AuditedImages images, Randomness randomness) {
        long[] drawn = images.predictions().stream()
                .mapToLong(p -> randomness
                        .of(Purpose.WEAK_SEGMENT_HALVES.stream(), 0, p.path(), p.sha256())
                        .nextLong())
                .toArray();
        int[] order = IntStream.range(0, images.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> images.labels()[i])
                        .thenComparingLong(i -> drawn[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        BitSet searched = new BitSet();
        for (int place = 0; place < order.length; place += 2) {
            searched.set(order[place]);
        }
        return searched;
    }

    private static BitSet all(int n) {
        BitSet all = new BitSet();
        all.set(0, n);
        return all;
    }

    private static WeakSegmentMember member(Prediction p, Segment segment, boolean searched) {
        return new WeakSegmentMember(p.path(), p.sha256(), p.split(), segment.name(), !searched);
    }

    private static TestedEffect test(SegmentSearch.Result result, Interval interval) {
        double critical = DetectableEffect.critical(2 * SegmentSearch.LEVEL / result.most());
        return new TestedEffect(
                FindingKind.WEAK_SEGMENT,
                result.segment().name(),
                "accuracy in the segment less that outside, on the half it was not found on",
                result.counts().difference(),
                interval.low(),
                interval.high(),
                result.p(),
                result.q(),
                result.counts().size() + result.counts().others(),
                DetectableEffect.of(result.counts().spread(), critical));
    }

    private static Finding finding(AuditedImages images, SegmentSearch.Result result, Interval interval) {
        ErrorCounts counts = result.counts();
        Segment segment = result.segment();
        String text = String.format(
                Locale.ROOT,
                "On %s, accuracy is %.1f percentage points lower where %s: %.1f %% of %d images are right, %.1f %% of the %d"
                        + " others. These are of the half on which it was not looked for; all in all it has %d images.",
                images.split().text(),
                -100 * counts.difference(),
                segment.words(),
                100.0 * (counts.size() - counts.wrong()) / counts.size(),
                counts.size(),
                100.0 * (counts.others() - counts.othersWrong()) / counts.others(),
                counts.others(),
                segment.members().cardinality());
        return new Finding(
                FindingKind.WEAK_SEGMENT,
                segment.name(),
                new Statement(
                        FindingKind.WEAK_SEGMENT.severity(-counts.difference()),
                        text,
                        counts.difference(),
                        interval.low(),
                        interval.high(),
                        OptionalDouble.of(result.p()),
                        OptionalDouble.of(result.q()),
                        counts.size() + counts.others(),
                        evidence(images, segment),
                        FindingKind.WEAK_SEGMENT.advice()));
    }

    /** Its errors, those that the network is surest of first. */
    private static List<String> evidence(AuditedImages images, Segment segment) {
        return segment.members().stream()
                .filter(images::wrong)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> -images.predictions().get(i).pPredicted()))
                .limit(EVIDENCE)
                .map(images::path)
                .toList();
    }
}
