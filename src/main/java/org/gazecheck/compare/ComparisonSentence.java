package org.gazecheck.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.compare.Measurement.Direction;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;

/**
 * A comparison in one sentence: what of accuracy is beyond chance, and how many images changed sides. What is corrected together and at
 * which level is as in {@link ComparisonText}.
 */
public final class ComparisonSentence {
    private static final int NAMED = 3;

    private ComparisonSentence() {}

    /** "Worse on val: -10.0 points; on test no proven difference; 30 newly wrong, 8 newly right." */
    public static String of(RunComparison comparison) {
        List<String> parts = new ArrayList<>();
        PairedComparison paired = comparison.paired();
        if (paired.images() > 0) {
            parts.addAll(accuracies(paired.overall()));
            parts.add(paired.newlyWrong().size() + " newly wrong, "
                    + paired.newlyRight().size() + " newly right");
        }
        comparison
                .findings()
                .filter(change -> !change.appeared().isEmpty() || !change.gone().isEmpty())
                .ifPresent(change -> parts.add("findings: " + change.appeared().size() + " new, "
                        + change.gone().size() + " gone"));
        comparison
                .mitigation()
                .ifPresent(mended ->
                        parts.add("as a mending " + (mended.recommended() ? "recommended" : "not recommended")));
        if (comparison.newImages().images() > 0) {
            parts.add(ofNewImages(comparison));
        }
        return parts.isEmpty() ? "The runs have no image in common." : sentence(parts);
    }

    /** Of new images alone, beside those that the model was tested on. */
    public static String onNewImages(RunComparison comparison) {
        return sentence(List.of(ofNewImages(comparison)));
    }

    private static String sentence(List<String> parts) {
        String text = String.join("; ", parts);
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    /** What differs first. */
    private static List<String> accuracies(Family overall) {
        List<String> differing = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (MetricSet set : List.of(MetricSet.TEST, MetricSet.VAL)) {
            Optional<Measurement> top1 = overall.find(MetricId.of(set, MetricRegistry.TOP1));
            if (top1.isPresent() && top1.get() instanceof Measured measured) {
                boolean differs = measured.differs(ComparisonText.LEVEL);
                (differs ? differing : same)
                        .add(
                                differs
                                        ? (measured.direction() == Direction.WORSE ? "worse" : "better") + " on "
                                                + set.text() + ": " + points(measured)
                                        : set.text());
            }
        }
        List<String> parts = new ArrayList<>(differing);
        if (!same.isEmpty()) {
            parts.add("on " + String.join(" and ", same) + " no proven difference");
        }
        return parts.isEmpty() ? List.of("accuracy is not compared, for want of labels") : parts;
    }

    private static String points(Measured measured) {
        return String.format(
                Locale.ROOT, "%+.1f points", 100 * measured.effect().size());
    }

    private static String ofNewImages(RunComparison comparison) {
        NewImages fresh = comparison.newImages();
        List<Measured> differing = Stream.of(
                        fresh.overall(), comparison.composition().mix())
                .flatMap(family -> family.measured().stream())
                .filter(measured -> measured.differs(ComparisonText.LEVEL))
                .toList();
        String of = "on " + fresh.images() + (fresh.images() == 1 ? " new image " : " new images ");
        if (differing.isEmpty()) {
            return of + (fresh.overall().measured().isEmpty() ? "nothing could be compared" : "no proven difference");
        }
        String named = differing.stream()
                .limit(NAMED)
                .map(measured ->
                        measured.id().metric().quantity().replace("drift.", "").replace('_', ' '))
                .collect(Collectors.joining(", "));
        int more = differing.size() - NAMED;
        return of + "a change beyond chance in " + named + (more > 0 ? " and " + more + " more" : "");
    }
}
