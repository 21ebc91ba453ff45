package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code localisation.csv}: where the heatmaps lie; {@code NaN} where a measure does not exist. */
public final class LocalisationFile {
    private static final Csv<Localisation> CSV = new Csv<>(
            List.of(
                    "path",
                    "sha256",
                    "split",
                    "target",
                    "mass_accuracy",
                    "mask_area",
                    "border_mass",
                    "entropy",
                    "mass_lift",
                    "pointing_game",
                    "rank_accuracy",
                    "distance",
                    "overlap"),
            c -> new Localisation(
                    Cells.filled("path", c[0]),
                    c[1],
                    Cells.split(c[2]),
                    Cells.parse("target", c[3], "predicted or true", MapTarget::of),
                    Cells.real("mass_accuracy", c[4]),
                    Cells.real("mask_area", c[5]),
                    Cells.real("border_mass", c[6]),
                    Cells.real("entropy", c[7]),
                    Cells.real("pointing_game", c[9]),
                    Cells.real("rank_accuracy", c[10]),
                    Cells.real("distance", c[11]),
                    Cells.real("overlap", c[12])),
            a -> List.of(
                    a.path(),
                    a.sha256(),
                    a.split().text(),
                    a.target().text(),
                    Double.toString(a.massAccuracy()),
                    Double.toString(a.maskArea()),
                    Double.toString(a.borderMass()),
                    Double.toString(a.entropy()),
                    Double.toString(a.massLift()),
                    Double.toString(a.pointingGame()),
                    Double.toString(a.rankAccuracy()),
                    Double.toString(a.distance()),
                    Double.toString(a.overlap())));

    private LocalisationFile() {}

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<Localisation> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<Localisation> rows) throws IOException {
        CSV.write(file, rows);
    }
}
