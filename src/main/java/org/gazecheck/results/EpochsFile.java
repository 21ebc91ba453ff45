package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code train.csv}: one line an epoch. */
public final class EpochsFile {
    private static final Csv<Epoch> CSV = new Csv<>(
            List.of("epoch", "train_loss", "val_loss", "val_top1", "learning_rate", "seconds", "best"),
            c -> new Epoch(
                    Cells.integer("epoch", c[0]),
                    Cells.real("train_loss", c[1]),
                    Cells.real("val_loss", c[2]),
                    Cells.real("val_top1", c[3]),
                    Cells.real("learning_rate", c[4]),
                    Cells.real("seconds", c[5]),
                    Cells.bool("best", c[6])),
            e -> List.of(
                    Integer.toString(e.epoch()),
                    Double.toString(e.trainLoss()),
                    Double.toString(e.valLoss()),
                    Double.toString(e.valTop1()),
                    Double.toString(e.learningRate()),
                    Double.toString(e.seconds()),
                    Boolean.toString(e.best())));

    private EpochsFile() {}

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<Epoch> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<Epoch> epochs) throws IOException {
        CSV.write(file, epochs);
    }
}
