package org.gazecheck.audit.dataquality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.audit.dataquality.DataQualityInputs.HashedImage;
import org.gazecheck.audit.dataquality.SuspectLabels.Suspect;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Prediction;
import org.gazecheck.stats.Purpose;

/**
 * Looks for issues of the data itself.
 *
 * @param rows what may be wrong with each image, in their order
 */
record DataQuality(Findings findings, List<DataQualityRow> rows) {
    public DataQuality {
        rows = List.copyOf(rows);
    }

    /** @param progress notified of what cannot be looked for here */
    static DataQuality of(DataQualityInputs inputs, Progress progress) {
        Duplicates duplicates = Duplicates.of(
                inputs.images(), inputs.features(), inputs.randomness().of(Purpose.DUPLICATE_THRESHOLD.stream(), 0));
        List<Suspect> suspects = LabelFindings.suspects(inputs);
        Optional<Outliers> outliers = OutlierFindings.measure(inputs);
        tell(duplicates, inputs.predictions(), progress);
        return new DataQuality(
                Findings.together(List.of(
                        DuplicateFindings.of(inputs, duplicates),
                        LabelFindings.of(inputs, suspects),
                        outliers.map(found -> OutlierFindings.of(inputs.images(), found))
                                .orElse(Findings.NONE))),
                rows(inputs, duplicates, suspects, outliers));
    }

    private static void tell(Duplicates duplicates, List<Prediction> predictions, Progress progress) {
        if (!duplicates.nearDistinguished()) {
            progress.message(String.format(
                    Locale.ROOT,
                    "near duplicates: skipped, the images are too similar for the threshold (%d pairs, about %.0f of them by chance, %d of"
                            + " two labels)",
                    duplicates.near(),
                    Math.min(duplicates.near(), duplicates.byChance()),
                    duplicates.twoLabels()));
        }
        double accuracy = LabelFindings.accuracy(predictions);
        boolean labelled = predictions.stream().anyMatch(Prediction::labelled);
        if (labelled
                && accuracy < LabelFindings.LEAST_ACCURACY
                && ContradictedLabels.of(predictions).isEmpty()) {
            progress.message(String.format(
                    Locale.ROOT,
                    "label issues: not looked for, a network that is right on %.0f %% of the images contradicts right"
                            + " labels too",
                    100 * accuracy));
        }
    }

    private static List<DataQualityRow> rows(
            DataQualityInputs inputs, Duplicates duplicates, List<Suspect> suspects, Optional<Outliers> outliers) {
        Map<String, Suspect> suspected = new HashMap<>();
        suspects.forEach(suspect ->
                suspected.put(inputs.predictions().get(suspect.index()).path(), suspect));
        Map<String, Double> margins = margins(inputs);
        int[] numbers = numbers(duplicates.groups());
        List<DataQualityRow> rows = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            HashedImage image = inputs.images().get(i);
            Suspect suspect = suspected.get(image.path());
            rows.add(new DataQualityRow(
                    image.path(),
                    image.sha256(),
                    image.split(),
                    suspect == null ? null : inputs.classes().get(suspect.confident()),
                    margins.getOrDefault(image.path(), Double.NaN),
                    outliers.isEmpty() ? Double.NaN : outliers.get().scores()[i],
                    numbers[i],
                    outliers.isEmpty()
                            ? List.of()
                            : nearest(
                                    inputs.images(), outliers.get().neighbours().indices()[i])));
        }
        return rows;
    }

    private static List<String> nearest(List<HashedImage> images, int[] indices) {
        return Arrays.stream(indices)
                .limit(DataQualityRow.NEAREST)
                .mapToObj(j -> images.get(j).path())
                .toList();
    }

    /** The label's log ratio, as {@link SuspectLabels} has it, by path. */
    private static Map<String, Double> margins(DataQualityInputs inputs) {
        Map<String, Double> margins = new HashMap<>();
        for (int i = 0; i < inputs.predictions().size(); i++) {
            Prediction p = inputs.predictions().get(i);
            if (!p.labelled()) {
                continue;
            }
            int label = inputs.classes().indexOf(p.label());
            margins.put(p.path(), SuspectLabels.logRatio(inputs.probabilities()[i], label));
        }
        return margins;
    }

    /** From 1 on for groups of at least two, in the order of their first images; 0 for the rest. */
    private static int[] numbers(int[] groups) {
        Map<Integer, Integer> sizes = new HashMap<>();
        for (int group : groups) {
            sizes.merge(group, 1, Integer::sum);
        }
        Map<Integer, Integer> numbers = new HashMap<>();
        int[] out = new int[groups.length];
        for (int i = 0; i < groups.length; i++) {
            if (sizes.getOrDefault(groups[i], 0) > 1) {
                out[i] = numbers.computeIfAbsent(groups[i], group -> numbers.size() + 1);
            }
        }
        return out;
    }
}
