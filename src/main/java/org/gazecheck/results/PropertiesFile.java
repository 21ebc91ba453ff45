package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code properties.csv}: what the images are like; {@code NaN} where a property does not exist. */
public final class PropertiesFile {
    private static final Csv<ImageProperties> CSV = new Csv<>(
            List.of(
                    "path",
                    "sha256",
                    "split",
                    "width",
                    "height",
                    "brightness",
                    "contrast",
                    "sharpness",
                    "saturation",
                    "flower_hue",
                    "background_hue",
                    "flower_area",
                    "flower_x",
                    "flower_y"),
            c -> new ImageProperties(
                    Cells.filled("path", c[0]),
                    c[1],
                    Cells.split(c[2]),
                    Cells.atLeast(1, "width", c[3]),
                    Cells.atLeast(1, "height", c[4]),
                    Cells.real("brightness", c[5]),
                    Cells.real("contrast", c[6]),
                    Cells.real("sharpness", c[7]),
                    Cells.real("saturation", c[8]),
                    Cells.real("flower_hue", c[9]),
                    Cells.real("background_hue", c[10]),
                    Cells.real("flower_area", c[11]),
                    Cells.real("flower_x", c[12]),
                    Cells.real("flower_y", c[13])),
            p -> List.of(
                    p.path(),
                    p.sha256(),
                    p.split().text(),
                    Integer.toString(p.width()),
                    Integer.toString(p.height()),
                    Double.toString(p.brightness()),
                    Double.toString(p.contrast()),
                    Double.toString(p.sharpness()),
                    Double.toString(p.saturation()),
                    Double.toString(p.flowerHue()),
                    Double.toString(p.backgroundHue()),
                    Double.toString(p.flowerArea()),
                    Double.toString(p.flowerX()),
                    Double.toString(p.flowerY())));

    private PropertiesFile() {}

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<ImageProperties> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<ImageProperties> rows) throws IOException {
        CSV.write(file, rows);
    }
}
