package org.gazecheck.audit.association;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.StratifiedGroups;

/**
 * The images that errors and correct predictions are compared on: those of test, of val where there is no test.
 *
 * @param rows [n] of each image among all predictions
 * @param predictions [n]
 * @param labels [n] index of the true class
 */
public record AuditedImages(Split split, int[] rows, List<Prediction> predictions, List<String> classes, int[] labels) {
    public static AuditedImages of(List<Prediction> all) {
        Split split = all.stream().anyMatch(p -> p.split() == Split.TEST) ? Split.TEST : Split.VAL;
        int[] rows = IntStream.range(0, all.size())
                .filter(i -> all.get(i).split() == split)
                .toArray();
        List<Prediction> predictions = Arrays.stream(rows).mapToObj(all::get).toList();
        List<String> classes =
                predictions.stream().map(Prediction::label).distinct().sorted().toList();
        Map<String, Integer> index = new HashMap<>();
        classes.forEach(name -> index.put(name, index.size()));
        int[] labels = predictions.stream().mapToInt(p -> index.get(p.label())).toArray();
        return new AuditedImages(split, rows, predictions, classes, labels);
    }

    public int size() {
        return rows.length;
    }

    public boolean wrong(int i) {
        return predictions.get(i).wrong();
    }

    public String path(int i) {
        return predictions.get(i).path();
    }

    /** The errors against the correct predictions of the same class. */
    StratifiedGroups outcomes() {
        boolean[] wrong = new boolean[size()];
        for (int i = 0; i < wrong.length; i++) {
            wrong[i] = wrong(i);
        }
        return new StratifiedGroups(wrong, labels);
    }

    /** The images of one class. */
    List<Integer> of(int label) {
        List<Integer> of = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == label) {
                of.add(i);
            }
        }
        return of;
    }
}
