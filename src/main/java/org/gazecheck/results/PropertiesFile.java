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
                    "object_hue",
                    "background_hue",
                    "object_area",
                    "object_x",
                    "object_y",
                    "blur",
                    "falloff",
                    "cast_temperature",
                    "cast_tint",
                    "noise",
                    "blockiness",
                    "quantiser"),
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
                    Cells.real("object_hue", c[9]),
                    Cells.real("background_hue", c[10]),
                    Cells.real("object_area", c[11]),
                    Cells.real("object_x", c[12]),
                    Cells.real("object_y", c[13]),
                    new ImageProperties.Capture(
                            Cells.real("blur", c[14]),
                            Cells.real("falloff", c[15]),
                            Cells.real("cast_temperature", c[16]),
                            Cells.real("cast_tint", c[17]),
                            Cells.real("noise", c[18]),
                            Cells.real("blockiness", c[19]),
                            Cells.real("quantiser", c[20]))),
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
                    Double.toString(p.objectHue()),
                    Double.toString(p.backgroundHue()),
                    Double.toString(p.objectArea()),
                    Double.toString(p.objectX()),
                    Double.toString(p.objectY()),
                    Double.toString(p.capture().blur()),
                    Double.toString(p.capture().falloff()),
                    Double.toString(p.capture().castTemperature()),
                    Double.toString(p.capture().castTint()),
                    Double.toString(p.capture().noise()),
                    Double.toString(p.capture().blockiness()),
                    Double.toString(p.capture().quantiser())));

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
