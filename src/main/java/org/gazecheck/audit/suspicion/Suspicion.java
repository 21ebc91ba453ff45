package org.gazecheck.audit.suspicion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.audit.suspicion.ConfidentLearning.Suspect;
import org.gazecheck.audit.suspicion.SuspicionInputs.Photograph;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Findings;
import org.gazecheck.results.ImageSuspicion;
import org.gazecheck.results.Prediction;
import org.gazecheck.stats.Purpose;

/**
 * Looks for data that is itself suspicious.
 *
 * @param images what is suspicious about each photograph, in their order
 */
public record Suspicion(Findings findings, List<ImageSuspicion> images) {
    public Suspicion {
        images = List.copyOf(images);
    }

    /** @param progress told what cannot be looked for here */
    public static Suspicion of(SuspicionInputs inputs, Progress progress) {
        Duplicates duplicates = Duplicates.of(
                inputs.photographs(),
                inputs.features(),
                inputs.randomness().of(Purpose.DUPLICATE_THRESHOLD.stream(), 0));
        List<Suspect> suspects = LabelFindings.suspects(inputs);
        Optional<Outliers> outliers = OutlierFindings.measure(inputs);
        tell(duplicates, inputs.predictions(), progress);
        return new Suspicion(
                Findings.together(List.of(
                        DuplicateFindings.of(inputs, duplicates),
                        LabelFindings.of(inputs, suspects),
                        outliers.map(found -> OutlierFindings.of(inputs.photographs(), found))
                                .orElse(Findings.NONE))),
                images(inputs, duplicates, suspects, outliers));
    }

    private static void tell(Duplicates duplicates, List<Prediction> predictions, Progress progress) {
        if (!duplicates.nearTold()) {
            progress.message(String.format(
                    Locale.ROOT,
                    "near duplicates: not told, these photographs are too alike (%d pairs, about %.0f of them by chance, %d of"
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
                    "suspicious labels: not looked for, a network that is right on %.0f %% of the images contradicts right"
                            + " labels too",
                    100 * accuracy));
        }
    }

    private static List<ImageSuspicion> images(
            SuspicionInputs inputs, Duplicates duplicates, List<Suspect> suspects, Optional<Outliers> outliers) {
        Map<String, Suspect> suspected = new HashMap<>();
        suspects.forEach(suspect ->
                suspected.put(inputs.predictions().get(suspect.index()).path(), suspect));
        Map<String, Double> margins = margins(inputs);
        int[] numbers = numbers(duplicates.groups());
        List<ImageSuspicion> images = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            Photograph photograph = inputs.photographs().get(i);
            Suspect suspect = suspected.get(photograph.path());
            images.add(new ImageSuspicion(
                    photograph.path(),
                    photograph.sha256(),
                    photograph.split(),
                    suspect == null ? "" : inputs.classes().get(suspect.confident()),
                    margins.getOrDefault(photograph.path(), Double.NaN),
                    outliers.isEmpty() ? Double.NaN : outliers.get().scores()[i],
                    numbers[i],
                    outliers.isEmpty()
                            ? List.of()
                            : nearest(
                                    inputs.photographs(),
                                    outliers.get().neighbours().indices()[i])));
        }
        return images;
    }

    private static List<String> nearest(List<Photograph> photographs, int[] indices) {
        return Arrays.stream(indices)
                .limit(ImageSuspicion.NEAREST)
                .mapToObj(j -> photographs.get(j).path())
                .toList();
    }

    /** Probability of the label less that of the most probable other class, by path. */
    private static Map<String, Double> margins(SuspicionInputs inputs) {
        Map<String, Double> margins = new HashMap<>();
        for (int i = 0; i < inputs.predictions().size(); i++) {
            Prediction p = inputs.predictions().get(i);
            if (!p.labelled()) {
                continue;
            }
            float[] row = inputs.probabilities()[i];
            int label = inputs.classes().indexOf(p.label());
            double other = 0;
            for (int c = 0; c < row.length; c++) {
                other = c == label ? other : Math.max(other, row[c]);
            }
            margins.put(p.path(), row[label] - other);
        }
        return margins;
    }

    /** From 1 on for groups of at least two, in the order of their first photographs; 0 for the rest. */
    private static int[] numbers(int[] groups) {
        Map<Integer, Integer> sizes = new HashMap<>();
        for (int group : groups) {
            sizes.merge(group, 1, Integer::sum);
        }
        Map<Integer, Integer> numbers = new HashMap<>();
        int[] out = new int[groups.length];
        for (int i = 0; i < groups.length; i++) {
            if (sizes.get(groups[i]) > 1) {
                numbers.putIfAbsent(groups[i], numbers.size() + 1);
                out[i] = numbers.get(groups[i]);
            }
        }
        return out;
    }
}
