package org.gazecheck.review;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.LabelsFile;

/**
 * What verdicts change about the labels of a data set. A corrected class belongs to the image's bytes, so it goes to
 * every copy of them, whatever its label; that a label is wrong or right is said of that label only.
 *
 * @param rows of the data set
 * @param corrected new labels by path; only where they differ
 * @param unknown images whose label is wrong while nobody said which is right
 * @param conflicts about what the label should be, which no reviewer was named to decide
 * @param elsewhere verdicts on images that are not in the data set
 */
public record LabelCorrections(
        List<DatasetRow> rows,
        Map<String, String> corrected,
        List<DatasetRow> unknown,
        List<Conflict> conflicts,
        int elsewhere) {
    /**
     * Compares verdicts with the labels of a data set.
     *
     * @param deciding the reviewer whose verdict counts where reviewers contradict each other
     */
    public static LabelCorrections of(List<DatasetRow> rows, MergedVerdicts merged, Optional<String> deciding) {
        Map<String, List<ImageVerdict>> byImage = merged.byImage();
        Map<String, String> corrected = new LinkedHashMap<>();
        List<DatasetRow> unknown = new ArrayList<>();
        Map<String, Conflict> conflicts = new LinkedHashMap<>();
        for (DatasetRow row : rows) {
            List<ImageVerdict> about = Adjudication.standing(byImage.getOrDefault(row.sha256(), List.of())).stream()
                    .filter(verdict -> !proposals(List.of(verdict), row).isEmpty())
                    .toList();
            Set<Optional<String>> proposals = proposals(about, row);
            if (proposals.size() > 1 && deciding.isPresent()) {
                Set<Optional<String>> decided = proposals(
                        about.stream()
                                .filter(verdict -> verdict.reviewer().equals(deciding.get()))
                                .toList(),
                        row);
                proposals = decided.isEmpty() ? proposals : decided;
            }
            if (proposals.size() > 1) {
                conflicts.putIfAbsent(row.sha256(), new Conflict(List.copyOf(about)));
            } else if (proposals.contains(Optional.empty())) {
                unknown.add(row);
            } else if (!proposals.isEmpty() && !proposals.contains(Optional.of(row.label()))) {
                corrected.put(row.path(), proposals.iterator().next().orElseThrow());
            }
        }
        Set<String> images = rows.stream().map(DatasetRow::sha256).collect(Collectors.toSet());
        int elsewhere = (int) merged.images().stream()
                .filter(verdict -> !images.contains(verdict.sha256()))
                .count();
        return new LabelCorrections(rows, corrected, unknown, List.copyOf(conflicts.values()), elsewhere);
    }

    /** The labels that the verdicts are for; empty where one says only that the label is wrong. */
    private static Set<Optional<String>> proposals(List<ImageVerdict> verdicts, DatasetRow row) {
        Set<Optional<String>> proposals = new HashSet<>();
        for (ImageVerdict verdict : verdicts) {
            boolean sameLabel = verdict.label().equals(row.label());
            if (!verdict.corrected().isEmpty()) {
                proposals.add(Optional.of(verdict.corrected()));
            } else if (sameLabel && verdict.judgement() == Judgement.LABEL_WRONG) {
                proposals.add(Optional.empty());
            } else if (sameLabel && trusts(verdict)) {
                proposals.add(Optional.of(row.label()));
            }
        }
        if (proposals.stream().flatMap(Optional::stream).anyMatch(Predicate.not(row.label()::equals))) {
            proposals.remove(Optional.empty());
        }
        return proposals;
    }

    /** Whether the verdict takes the label for right. */
    private static boolean trusts(ImageVerdict verdict) {
        return switch (verdict.judgement()) {
            case FAIR_MISTAKE, BACKGROUND -> true;
            case CORRECT -> verdict.predicted().equals(verdict.label());
            case LABEL_WRONG, AMBIGUOUS, POOR_IMAGE, OTHER -> false;
        };
    }

    /**
     * The whole table with the new labels.
     *
     * @param dropUnknown whether images whose label is wrong while nobody said which is right are left out
     */
    public List<LabelsFile.Line> table(boolean dropUnknown) {
        Set<DatasetRow> dropped = dropUnknown ? Set.copyOf(unknown) : Set.of();
        return rows.stream()
                .filter(row -> !dropped.contains(row))
                .map(row ->
                        new LabelsFile.Line(row.path(), corrected.getOrDefault(row.path(), row.label()), row.split()))
                .toList();
    }
}
