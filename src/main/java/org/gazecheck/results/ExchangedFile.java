package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** {@code exchanged.csv}: some of the pictures that interventions made, and what the network takes them for. */
public final class ExchangedFile {
    private static final Pattern NAME = Pattern.compile("[0-9a-z]+\\.jpg");

    /** Columns of the oldest files, which have one picture a line. */
    private static final int REQUIRED = 11;

    /** Stands where a line has no second picture. */
    private static final String ABSENT = "NaN";

    private static final Csv<ExchangedPicture> CSV = new Csv<>(
            List.of(
                    "picture",
                    "subject",
                    "exchange",
                    "object",
                    "label",
                    "background",
                    "predicted",
                    "p_predicted",
                    "p_subject",
                    "otherwise",
                    "p_otherwise",
                    "other_picture",
                    "other_background"),
            REQUIRED,
            c -> new ExchangedPicture(
                    Cells.parse("picture", c[0], "the name of a picture such as 01.jpg", ExchangedFile::name),
                    Cells.filled("subject", c[1]),
                    Cells.parse("exchange", c[2], "put-behind or taken-away", ExchangedPicture.Exchange::of),
                    Cells.filled("object", c[3]),
                    Cells.filled("label", c[4]),
                    Cells.filled("background", c[5]),
                    Cells.filled("predicted", c[6]),
                    Cells.probability("p_predicted", c[7]),
                    Cells.probability("p_subject", c[8]),
                    Cells.filled("otherwise", c[9]),
                    Cells.probability("p_otherwise", c[10]),
                    unpaired(c)
                            ? ""
                            : Cells.parse("other_picture", c[11], "the name of a picture", ExchangedFile::name),
                    unpaired(c) ? "" : Cells.filled("other_background", c[12])),
            p -> List.of(
                    p.picture(),
                    p.subject(),
                    p.exchange().text(),
                    p.object(),
                    p.label(),
                    p.background(),
                    p.predicted(),
                    Float.toString(p.pPredicted()),
                    Float.toString(p.pSubject()),
                    p.otherwise(),
                    Float.toString(p.pOtherwise()),
                    p.paired() ? p.otherPicture() : ABSENT,
                    p.paired() ? p.otherBackground() : ABSENT));

    private ExchangedFile() {}

    private static boolean unpaired(String[] cells) {
        return cells[11].equals(ABSENT);
    }

    /** A plain name, so that no line leads out of the folder. */
    private static String name(String cell) {
        if (!NAME.matcher(cell).matches()) {
            throw new IllegalArgumentException(cell);
        }
        return cell;
    }

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<ExchangedPicture> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<ExchangedPicture> rows) throws IOException {
        CSV.write(file, rows);
    }
}
