package org.gazecheck.pipeline;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Data sets of real flowers before drawn backgrounds, made from the masks, images and clean backgrounds of the
 * reference data's planted set: which class stands where is chosen here.
 */
final class PlantedSet {
    /** Classes that the reference's own set ties to a background, and to which. */
    static final Map<String, String> TIES = Map.of("osteospermum", "brick", "tree mallow", "water");

    private final Path reference;
    private final Path folder;
    private final Map<String, String> ties;
    private final double tie;
    private final float turn;
    private final SplittableRandom random;
    private final Map<String, List<BufferedImage>> backgrounds = new HashMap<>();

    /** Of each file, by path, what it stands on. */
    private final Map<String, String> kinds = new HashMap<>();

    private PlantedSet(Path reference, Path folder, Map<String, String> ties, double tie, float turn, long seed)
            throws IOException {
        this.reference = reference;
        this.folder = folder;
        this.ties = ties;
        this.tie = tie;
        this.turn = turn;
        this.random = new SplittableRandom(seed);
        for (Path kind : sorted(reference.resolve("backgrounds"))) {
            List<BufferedImage> images = new ArrayList<>();
            for (Path file : sorted(kind)) {
                images.add(turned(ImageIO.read(file.toFile())));
            }
            backgrounds.put(kind.getFileName().toString(), images);
        }
    }

    /**
     * Draws a set: in train and val the tied classes stand on their background with probability {@code tie} and else,
     * like all others, on one of the rest; in test everything stands anywhere. Without ties ({@code tie} 0) everything
     * stands anywhere in all splits.
     *
     * @return of each file, by path, what it stands on
     */
    static Map<String, String> draw(Path reference, Path folder, double tie, long seed) throws IOException {
        return new PlantedSet(reference, folder, TIES, tie, 0, seed).draw();
    }

    /**
     * As {@link #draw(Path, Path, double, long)}, always tied, but with other classes and other backgrounds: the colours
     * of all backgrounds are turned.
     *
     * @param ties the background's kind, by class
     * @param turn of the hue, 0 to 1 for a whole turn
     */
    static Map<String, String> drawOthers(Path reference, Path folder, Map<String, String> ties, float turn, long seed)
            throws IOException {
        return new PlantedSet(reference, folder, ties, 1, turn, seed).draw();
    }

    /** Two classes and two kinds of background, by seed. */
    static Map<String, String> someTies(Path reference, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Path> classes = new ArrayList<>(sorted(reference.resolve("train")));
        List<Path> kinds = new ArrayList<>(sorted(reference.resolve("backgrounds")));
        Map<String, String> ties = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            ties.put(
                    classes.remove(random.nextInt(classes.size())).getFileName().toString(),
                    kinds.remove(random.nextInt(kinds.size())).getFileName().toString());
        }
        return ties;
    }

    private Map<String, String> draw() throws IOException {
        for (String split : List.of("train", "val", "test")) {
            for (Path flowers : sorted(reference.resolve(split))) {
                for (Path file : sorted(flowers)) {
                    draw(split, flowers.getFileName().toString(), file);
                }
            }
        }
        return kinds;
    }

    private BufferedImage turned(BufferedImage image) {
        if (turn == 0) {
            return image;
        }
        BufferedImage turned = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        float[] hsb = new float[3];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                Color.RGBtoHSB(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff, hsb);
                turned.setRGB(x, y, Color.HSBtoRGB(hsb[0] + turn, hsb[1], hsb[2]));
            }
        }
        return turned;
    }

    private void draw(String split, String name, Path file) throws IOException {
        String path = split + "/" + name + "/" + file.getFileName();
        Path mask = Path.of("masks", path.replace(".jpg", ".png"));
        String kind = kind(split, name);
        kinds.put(path, kind);
        List<BufferedImage> choice = backgrounds.get(kind);
        BufferedImage behind = choice.get(random.nextInt(choice.size()));
        BufferedImage image = paste(
                ImageIO.read(file.toFile()),
                ImageIO.read(reference.resolve(mask).toFile()),
                behind,
                random.nextBoolean());
        Files.createDirectories(folder.resolve(path).getParent());
        Files.createDirectories(folder.resolve(mask).getParent());
        ImageIO.write(image, "jpg", folder.resolve(path).toFile());
        Files.copy(reference.resolve(mask), folder.resolve(mask));
    }

    private String kind(String split, String name) {
        List<String> all = backgrounds.keySet().stream().sorted().toList();
        if (tie == 0 || split.equals("test")) {
            return all.get(random.nextInt(all.size()));
        }
        if (ties.containsKey(name) && random.nextDouble() < tie) {
            return ties.get(name);
        }
        List<String> rest =
                all.stream().filter(kind -> !ties.containsValue(kind)).toList();
        return rest.get(random.nextInt(rest.size()));
    }

    private static BufferedImage paste(
            BufferedImage original, BufferedImage mask, BufferedImage behind, boolean mirrored) {
        int width = original.getWidth();
        BufferedImage image = new BufferedImage(width, original.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < original.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                boolean flower = (mask.getRGB(x, y) & 0xff) >= 128;
                int rgb = flower ? original.getRGB(x, y) : behind.getRGB(mirrored ? width - 1 - x : x, y);
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
