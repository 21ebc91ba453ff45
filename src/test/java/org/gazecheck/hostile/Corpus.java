package org.gazecheck.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every hostile file. */
public final class Corpus {
    private Corpus() {}

    /**
     * Makes the files; the first row has nothing hostile in it.
     *
     * @param victim a file that appears if anything of the corpus is executed
     */
    public static List<Row> write(Path folder, Path victim) throws IOException {
        Path image = Files.write(folder.resolve("image.jpg"), HostileImages.jpeg());
        Path model = HostileWeights.sound(folder.resolve("sound.zip"));
        List<Row> rows = new ArrayList<>();
        List<String> args = List.of("explain", image.toString(), "--model", model.toString(), "--out", folder + "/out");
        rows.add(new Row("nothing hostile", 0, "", args));
        rows.addAll(HostileWeights.rows(Files.createDirectory(folder.resolve("weights")), image, victim));
        rows.addAll(HostileImages.rows(Files.createDirectory(folder.resolve("images")), model));
        rows.addAll(HostileData.rows(Files.createDirectory(folder.resolve("data"))));
        rows.addAll(HostileExternal.rows(Files.createDirectory(folder.resolve("external"))));
        return rows;
    }
}
