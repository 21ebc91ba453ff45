package org.gazecheck.audit.dataquality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.gazecheck.audit.dataquality.SuspectLabels.Suspect;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Statement;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Wilson;

/**
 * Classes with contradicted labels among the images that were evaluated: from two suspects on that are at least a fortieth
 * of the class, which about a twentieth of wrong labels come to, since {@link SuspectLabels} finds half of them. Whether label
 * or network is wrong only a look can tell; of a network that is right on less than half of them none is suspected by itself.
 */
final class LabelFindings {
    static final double LEAST_ACCURACY = 0.5;

    private static final int FEWEST = 2;
    private static final double SHARE = 0.025;
    private static final int EVIDENCE = 12;

    private LabelFindings() {}

    /** Nobody is suspected by a network that is mostly wrong. */
    static List<Suspect> suspects(DataQualityInputs inputs) {
        if (accuracy(inputs.predictions()) < LEAST_ACCURACY) {
            return List.of();
        }
        Map<String, Integer> index = new HashMap<>();
        inputs.classes().forEach(name -> index.put(name, index.size()));
        int[] rows = IntStream.range(0, inputs.predictions().size())
                .filter(i -> inputs.predictions().get(i).labelled())
                .toArray();
        int[] labels = IntStream.of(rows)
                .map(i -> index.get(inputs.predictions().get(i).label()))
                .toArray();
        float[][] probabilities =
                IntStream.of(rows).mapToObj(i -> inputs.probabilities()[i]).toArray(float[][]::new);
        return SuspectLabels.of(labels, probabilities, inputs.classes().size()).suspects().stream()
                .map(suspect -> suspect.at(rows[suspect.index()]))
                .toList();
    }

    static Findings of(DataQualityInputs inputs, List<Suspect> all) {
        List<Prediction> predictions = inputs.predictions();
        Map<String, List<Suspect>> byLabel = new TreeMap<>();
        for (Suspect suspect : all) {
            byLabel.computeIfAbsent(predictions.get(suspect.index()).label(), label -> new ArrayList<>())
                    .add(suspect);
        }
        List<Finding> findings =
                new ArrayList<>(ContradictedLabels.of(predictions).stream().toList());
        byLabel.forEach((label, suspects) -> {
            int n = (int)
                    predictions.stream().filter(p -> p.label().equals(label)).count();
            if (suspects.size() >= FEWEST && suspects.size() >= SHARE * n) {
                findings.add(finding(inputs, label, suspects, n));
            }
        });
        findings.sort(Comparator.comparing(Finding::severity).reversed().thenComparing(f -> -f.effect()));
        return new Findings(findings, List.of());
    }

    static double accuracy(List<Prediction> predictions) {
        return predictions.stream()
                .filter(Prediction::labelled)
                .mapToInt(p -> p.correct() ? 1 : 0)
                .average()
                .orElse(0);
    }

    private static Finding finding(DataQualityInputs inputs, String label, List<Suspect> suspects, int n) {
        double share = (double) suspects.size() / n;
        Interval interval = Wilson.interval(suspects.size(), n);
        Map<String, Integer> instead = new TreeMap<>();
        suspects.forEach(s -> instead.merge(inputs.classes().get(s.confident()), 1, Integer::sum));
        Map.Entry<String, Integer> most =
                instead.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        String text = String.format(
                Locale.ROOT,
                "%d of %d %s labelled %s%s (%.1f %%) are with confidence something else to the network, %d of them %s: either"
                        + " their label or the network is wrong.",
                suspects.size(),
                n,
                ContradictedLabels.onlyNew(inputs.predictions()) ? ContradictedLabels.SUBJECT : "images",
                label,
                ContradictedLabels.onlyNew(inputs.predictions()) ? "" : " in val and test",
                100 * share,
                most.getValue(),
                most.getKey());
        return new Finding(
                FindingKind.LABEL_ISSUES,
                label,
                new Statement(
                        FindingKind.LABEL_ISSUES.severity(share),
                        text,
                        share,
                        interval.low(),
                        interval.high(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        n,
                        suspects.stream()
                                .limit(EVIDENCE)
                                .map(s -> inputs.predictions().get(s.index()).path())
                                .toList(),
                        FindingKind.LABEL_ISSUES.advice()));
    }
}
