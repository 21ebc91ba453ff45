package org.gazecheck.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Prediction;

/**
 * The images of the report, each once: the predictions of the gallery, with the findings' evidence and what must be
 * reviewed, was reviewed, was edited, has data issues or was mended or lost, in the order of their rows; then images of train: evidence, those with data issues, and what lies
 * nearest to a prediction.
 *
 * @param rows of the predictions shown, rising
 * @param others paths of images without a prediction
 * @param positions of all of them, by path: first the rows, then the others
 */
record ShownImages(List<Integer> rows, List<String> others, Map<String, Integer> positions) {
    /** With every prediction that some verdict says something about. */
    static ShownImages of(ReportInput input, Selection selection) {
        return of(input, selection, input.review().judged(input.predictions()), UntouchedImages.paths(input));
    }

    /**
     * @param reviewed rows of predictions that are shown because of what reviewers said about them
     * @param edited paths of predictions that are shown because counterfactual images are made of them
     */
    static ShownImages of(ReportInput input, Selection selection, List<Integer> reviewed, List<String> edited) {
        List<Prediction> predictions = input.predictions();
        Map<String, Integer> rowOf = new HashMap<>();
        for (int row = 0; row < predictions.size(); row++) {
            rowOf.put(predictions.get(row).path(), row);
        }
        TreeSet<Integer> rows = new TreeSet<>(selection.errors());
        rows.addAll(selection.correct());
        rows.addAll(reviewed);
        edited.forEach(path -> rows.add(rowOf.get(path)));
        MendedImages.of(input).shown().forEach(image -> rows.add(image.row()));
        Set<String> others = new LinkedHashSet<>();
        Stream.concat(input.review().sample().errors().stream(), input.review().sample().correct().stream())
                .forEach(p -> rows.add(rowOf.get(p.path())));
        for (Finding finding : input.findings().findings()) {
            for (String path : finding.evidence()) {
                Integer row = rowOf.get(path);
                if (row != null) {
                    rows.add(row);
                } else {
                    others.add(path);
                }
            }
        }
        for (String path : DataIssues.of(input).paths()) {
            Integer row = rowOf.get(path);
            if (row != null) {
                rows.add(row);
            } else {
                others.add(path);
            }
        }
        Set<String> predicted = new HashSet<>();
        rows.forEach(row -> predicted.add(predictions.get(row).path()));
        Set<String> beside = new LinkedHashSet<>(others);
        for (DataQualityRow dataQuality : input.dataQuality()) {
            if (predicted.contains(dataQuality.path())) {
                dataQuality.nearest().stream()
                        .filter(path -> !rowOf.containsKey(path))
                        .forEach(beside::add);
            }
        }
        Map<String, Integer> positions = new HashMap<>();
        rows.forEach(row -> positions.put(predictions.get(row).path(), positions.size()));
        beside.forEach(path -> positions.put(path, positions.size()));
        return new ShownImages(List.copyOf(rows), List.copyOf(beside), Collections.unmodifiableMap(positions));
    }

    int count() {
        return positions.size();
    }

    /** Path of the image at every position. */
    List<String> paths(List<Prediction> predictions) {
        List<String> paths = new ArrayList<>();
        rows.forEach(row -> paths.add(predictions.get(row).path()));
        paths.addAll(others);
        return paths;
    }
}
