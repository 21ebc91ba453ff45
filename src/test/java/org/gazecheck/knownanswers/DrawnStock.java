package org.gazecheck.knownanswers;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Cut-outs and backgrounds as the reference data have them, drawn. */
final class DrawnStock {
    private static final int SIDE = 64;
    private static final int PHOTOGRAPHS = 16;
    private static final Map<String, Color> SPECIES = new TreeMap<>(Map.of(
            "red",
            new Color(200, 40, 40),
            "blue",
            new Color(50, 60, 190),
            "yellow",
            new Color(220, 200, 40),
            Stock.BESIDE,
            Color.WHITE));

    private DrawnStock() {}

    static Stock in(Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        for (Map.Entry<String, Color> species : SPECIES.entrySet()) {
            for (int i = 0; i < PHOTOGRAPHS; i++) {
                String name = List.of("train", "val", "test").get(i % 3) + "/" + species.getKey() + "/" + i;
                Ellipse2D flower = new Ellipse2D.Double(8 + random.nextInt(8), 12, 38, 38 + random.nextInt(8));
                write(folder.resolve(name + ".jpg"), "jpg", Color.GRAY, flower, species.getValue());
                write(folder.resolve("masks/" + name + ".png"), "png", Color.BLACK, flower, Color.WHITE);
            }
        }
        float hue = 0;
        for (String kind : Artefact.BACKGROUND.variants()) {
            hue += 0.16f;
            Color colour = Color.getHSBColor(hue, 0.5f, 0.6f);
            write(
                    folder.resolve("backgrounds/" + kind + "/00.jpg"),
                    "jpg",
                    colour,
                    new Ellipse2D.Double(0, 0, 20, 20),
                    colour.darker());
        }
        return Stock.composites(folder);
    }

    private static void write(Path file, String format, Color behind, Ellipse2D shape, Color colour)
            throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(behind);
        g.fillRect(0, 0, SIDE, SIDE);
        g.setColor(behind.darker());
        for (int i = 1; i < SIDE; i += 4) {
            g.fillRect(0, i, SIDE, 2);
        }
        g.setColor(colour);
        g.fill(shape);
        g.dispose();
        Files.createDirectories(file.getParent());
        ImageIO.write(image, format, file.toFile());
    }
}
