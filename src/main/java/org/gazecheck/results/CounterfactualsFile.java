package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** {@code counterfactuals.csv}: some of the counterfactual images that interventions made, and what the network takes them for. */
public final class CounterfactualsFile {
    private static final Pattern NAME = Pattern.compile("[0-9a-z]+\\.jpg");

    private static final Csv<Counterfactual> CSV = new Csv<>(
            List.of(
                    "image",
                    "subject",
                    "reason",
                    "swap",
                    "object",
                    "label",
                    "source",
                    "predicted",
                    "p_predicted",
                    "p_subject",
                    "otherwise",
                    "p_otherwise",
                    "other_image",
                    "other_source"),
            c -> new Counterfactual(
                    Cells.parse("image", c[0], "the name of an image such as 01.jpg", CounterfactualsFile::name),
                    Cells.filled("subject", c[1]),
                    Cells.parse("reason", c[2], "a reason such as background", Reason::of),
                    Cells.parse("swap", c[3], "put or removed", Counterfactual.Swap::of),
                    Cells.filled("object", c[4]),
                    Cells.filled("label", c[5]),
                    Cells.filled("source", c[6]),
                    Cells.filled("predicted", c[7]),
                    Cells.probability("p_predicted", c[8]),
                    Cells.probability("p_subject", c[9]),
                    Cells.filled("otherwise", c[10]),
                    Cells.probability("p_otherwise", c[11]),
                    Cells.parse("other_image", c[12], "the name of an image", CounterfactualsFile::name),
                    Cells.filled("other_source", c[13])),
            p -> List.of(
                    p.image(),
                    p.subject(),
                    p.reason().id(),
                    p.swap().text(),
                    p.object(),
                    p.label(),
                    p.source(),
                    p.predicted(),
                    Float.toString(p.pPredicted()),
                    Float.toString(p.pSubject()),
                    p.otherwise(),
                    Float.toString(p.pOtherwise()),
                    p.otherImage(),
                    p.otherSource()));

    private CounterfactualsFile() {}

    /** A plain name, so that no line leads out of the folder. */
    static String name(String cell) {
        if (!NAME.matcher(cell).matches()) {
            throw new IllegalArgumentException(cell);
        }
        return cell;
    }

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<Counterfactual> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<Counterfactual> rows) throws IOException {
        CSV.write(file, rows);
    }
}
