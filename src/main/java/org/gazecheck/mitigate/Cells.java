package org.gazecheck.mitigate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gazecheck.audit.intervention.Edit;
import org.gazecheck.audit.intervention.EditedImage;
import org.gazecheck.data.Dataset;
import org.gazecheck.network.Head;
import org.gazecheck.results.MitigationTraining;

/**
 * Images of val by class and state: as they are, with shortcuts put on, with them taken off; or by class and group. A head is as good as in its worst cell
 * (Sagawa et al. 2020, "Distributionally robust neural networks", of groups): val as it is is tied as train is.
 */
final class Cells {
    private static final String AS_IS = "as is";

    private final List<Cell> cells;

    private Cells(List<Cell> cells) {
        this.cells = cells;
    }

    /** @param rows of features */
    private record Cell(int label, String state, List<float[]> rows) {}

    /** How good a head is: by its worst cell, then the mean over cells, then the log loss. */
    record Score(double worst, double mean, double logLoss) {
        boolean betterThan(Score other) {
            if (worst != other.worst) {
                return worst > other.worst;
            }
            return mean != other.mean ? mean > other.mean : logLoss < other.logLoss;
        }
    }

    /**
     * @param val images as they are
     * @param asIs features of these
     * @param edited images of val
     * @param features of those
     */
    static Cells of(List<Dataset.Item> val, float[][] asIs, List<EditedImage> edited, float[][] features) {
        Map<Integer, List<float[]>> plain = new TreeMap<>();
        for (int i = 0; i < asIs.length; i++) {
            plain.computeIfAbsent(val.get(i).label(), label -> new ArrayList<>())
                    .add(asIs[i]);
        }
        List<Cell> cells = new ArrayList<>();
        plain.forEach((label, rows) -> cells.add(new Cell(label, AS_IS, rows)));
        for (Edit edit : Edit.values()) {
            Map<Integer, List<float[]>> changed = new TreeMap<>();
            for (int i = 0; i < features.length; i++) {
                if (edited.get(i).edit() == edit) {
                    changed.computeIfAbsent(edited.get(i).item().label(), label -> new ArrayList<>())
                            .add(features[i]);
                }
            }
            changed.forEach((label, rows) -> cells.add(new Cell(label, edit.text(), rows)));
        }
        return new Cells(cells);
    }

    /**
     * By class and group.
     *
     * @param groups of the images
     * @param features of them
     */
    static Cells ofGroups(List<Dataset.Item> val, List<String> groups, float[][] features) {
        Map<Integer, Map<String, List<float[]>>> rows = new TreeMap<>();
        for (int i = 0; i < features.length; i++) {
            rows.computeIfAbsent(val.get(i).label(), label -> new TreeMap<>())
                    .computeIfAbsent(groups.get(i), group -> new ArrayList<>())
                    .add(features[i]);
        }
        List<Cell> cells = new ArrayList<>();
        rows.forEach((label, of) -> of.forEach((group, in) -> cells.add(new Cell(label, group, in))));
        return new Cells(cells);
    }

    Score score(Head head) {
        double worst = 1;
        double mean = 0;
        double logLoss = 0;
        for (Cell cell : cells) {
            double accuracy = accuracy(head, cell);
            worst = Math.min(worst, accuracy);
            mean += accuracy / cells.size();
            logLoss += cell.rows.stream()
                            .mapToDouble(row -> logLoss(head.logits(row), cell.label))
                            .average()
                            .orElseThrow()
                    / cells.size();
        }
        return new Score(worst, mean, logLoss);
    }

    /**
     * Beside the same images as another network sees them.
     *
     * @param before head of this network
     * @param after head of the other
     */
    List<MitigationTraining.Cell> described(List<String> classes, Head before, Cells others, Head after) {
        List<MitigationTraining.Cell> described = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            described.add(new MitigationTraining.Cell(
                    classes.get(cell.label),
                    cell.state,
                    cell.rows.size(),
                    accuracy(before, cell),
                    accuracy(after, others.cells.get(i))));
        }
        return described;
    }

    private static double accuracy(Head head, Cell cell) {
        return (double) cell.rows.stream()
                        .filter(row -> best(head.logits(row)) == cell.label)
                        .count()
                / cell.rows.size();
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int c = 1; c < logits.length; c++) {
            best = logits[c] > logits[best] ? c : best;
        }
        return best;
    }

    private static double logLoss(float[] logits, int label) {
        double highest = logits[best(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - highest);
        }
        return highest + Math.log(sum) - logits[label];
    }
}
