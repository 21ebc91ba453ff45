package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gazecheck.results.Prediction.Ranked;

/** {@code predictions.csv}; {@code top5} holds {@code index:probability}, best first, separated by {@code |}. */
public final class PredictionsFile {
    private static final Csv<Prediction> CSV = new Csv<>(
            List.of("path", "sha256", "split", "label", "predicted", "p_label", "p_predicted", "rank", "top5"),
            c -> new Prediction(
                    Cells.filled("path", c[0]),
                    c[1],
                    Cells.split(c[2]),
                    c[3],
                    c[4],
                    c[5].isEmpty() ? Float.NaN : Cells.probability("p_label", c[5]),
                    Cells.probability("p_predicted", c[6]),
                    Cells.atLeast(c[3].isEmpty() ? 0 : 1, "rank", c[7]),
                    top5(c[8])),
            p -> List.of(
                    p.path(),
                    p.sha256(),
                    p.split().text(),
                    p.label(),
                    p.predicted(),
                    p.labelled() ? Float.toString(p.pLabel()) : "",
                    Float.toString(p.pPredicted()),
                    Integer.toString(p.rank()),
                    text(p.top5())));

    private PredictionsFile() {}

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<Prediction> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<Prediction> predictions) throws IOException {
        CSV.write(file, predictions);
    }

    private static String text(List<Ranked> top5) {
        return top5.stream().map(r -> r.index() + ":" + r.probability()).collect(Collectors.joining("|"));
    }

    private static List<Ranked> top5(String cell) {
        List<Ranked> ranked = new ArrayList<>();
        for (String entry : cell.split("\\|", -1)) {
            int colon = entry.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("top5 has '" + entry + "', expected index:probability");
            }
            ranked.add(new Ranked(
                    Cells.atLeast(0, "top5's index", entry.substring(0, colon)),
                    Cells.probability("top5's probability", entry.substring(colon + 1))));
        }
        return List.copyOf(ranked);
    }
}
