package org.gazecheck.mitigate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.gazecheck.audit.intervention.Edit;
import org.gazecheck.audit.intervention.EditedImage;
import org.gazecheck.data.Dataset;
import org.gazecheck.evaluate.CalibrationRows;
import org.gazecheck.evaluate.Logits;
import org.gazecheck.evaluate.TemperatureScaling;
import org.gazecheck.network.Head;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * Images of val by class and state: as they are, with shortcuts put on, with them taken off; or by class and group. A head is as good as
 * in its worst cell (Sagawa et al. 2020, "Distributionally robust neural networks", of groups): val as it is is tied as train is.
 */
final class Cells {
    private static final String AS_IS = "as is";

    private final String what;
    private final List<Cell> cells;

    /** @param what they are, in words */
    private Cells(String what, List<Cell> cells) {
        this.what = what;
        this.cells = cells;
    }

    /**
     * @param rows of features
     * @param paths of the images that they are of
     */
    private record Cell(int label, String state, List<float[]> rows, List<String> paths) {
        Cell(int label, String state) {
            this(label, state, new ArrayList<>(), new ArrayList<>());
        }

        void add(float[] row, String path) {
            rows.add(row);
            paths.add(path);
        }
    }

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
        List<Cell> cells = new ArrayList<>();
        Map<Integer, Cell> plain = new TreeMap<>();
        for (int i = 0; i < asIs.length; i++) {
            Dataset.Item item = val.get(i);
            plain.computeIfAbsent(item.label(), label -> new Cell(label, AS_IS)).add(asIs[i], item.path());
        }
        cells.addAll(plain.values());
        for (Edit edit : Edit.values()) {
            Map<Integer, Cell> changed = new TreeMap<>();
            for (int i = 0; i < features.length; i++) {
                if (edited.get(i).edit() == edit) {
                    Dataset.Item item = edited.get(i).item();
                    changed.computeIfAbsent(item.label(), label -> new Cell(label, edit.text()))
                            .add(features[i], item.path());
                }
            }
            cells.addAll(changed.values());
        }
        return new Cells(Calibration.BY_CLASS_AND_STATE, cells);
    }

    /**
     * By class and group.
     *
     * @param groups of the images
     * @param features of them
     */
    static Cells ofGroups(List<Dataset.Item> val, List<String> groups, float[][] features) {
        Map<Integer, Map<String, Cell>> cells = new TreeMap<>();
        for (int i = 0; i < features.length; i++) {
            Dataset.Item item = val.get(i);
            cells.computeIfAbsent(item.label(), label -> new TreeMap<>())
                    .computeIfAbsent(groups.get(i), group -> new Cell(item.label(), group))
                    .add(features[i], item.path());
        }
        return new Cells(
                Calibration.BY_CLASS_AND_GROUP,
                cells.values().stream().flatMap(of -> of.values().stream()).toList());
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

    /**
     * The temperature of a head, fitted with the same weight for every cell; all rows of an image count as one.
     *
     * @throws IllegalArgumentException without images
     */
    Calibration calibration(Head head, Randomness randomness) {
        Map<String, Integer> numbers = new HashMap<>();
        cells.forEach(cell -> cell.paths.forEach(path -> numbers.putIfAbsent(path, numbers.size())));
        int n = cells.stream().mapToInt(cell -> cell.rows.size()).sum();
        int classes = head.classes();
        float[] logits = new float[Math.multiplyExact(n, classes)];
        int[] labels = new int[n];
        int[] images = new int[n];
        double[] weights = new double[n];
        int row = 0;
        for (Cell cell : cells) {
            for (int i = 0; i < cell.rows.size(); i++) {
                System.arraycopy(head.logits(cell.rows.get(i)), 0, logits, row * classes, classes);
                labels[row] = cell.label;
                images[row] = Objects.requireNonNull(numbers.get(cell.paths.get(i)));
                weights[row] = (double) numbers.size() / cells.size() / cell.rows.size();
                row++;
            }
        }
        return TemperatureScaling.choose(
                new CalibrationRows(new Logits(n, classes, logits), labels, weights, images),
                what,
                randomness.of(Purpose.TEMPERATURE.stream(), 0));
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
