package org.gazecheck.pipeline;

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
 * Data sets of real flowers before drawn backgrounds, made from the masks, photographs and clean backgrounds of the
 * reference data's planted set: which class stands where is chosen here.
 */
final class PlantedSet {
    /** Classes that are tied to a background, and to which. */
    static final Map<String, String> TIES = Map.of("osteospermum", "brick", "tree mallow", "water");

    private final Path reference;
    private final Path folder;
    private final double tie;
    private final SplittableRandom random;
    private final Map<String, List<BufferedImage>> backgrounds = new HashMap<>();

    /** Of each photograph, by path, what it stands on. */
    private final Map<String, String> kinds = new HashMap<>();

    private PlantedSet(Path reference, Path folder, double tie, long seed) throws IOException {
        this.reference = reference;
        this.folder = folder;
        this.tie = tie;
        this.random = new SplittableRandom(seed);
        for (Path kind : sorted(reference.resolve("backgrounds"))) {
            List<BufferedImage> images = new ArrayList<>();
            for (Path file : sorted(kind)) {
                images.add(ImageIO.read(file.toFile()));
            }
            backgrounds.put(kind.getFileName().toString(), images);
        }
    }

    /**
     * Draws a set: in train and val the tied classes stand on their background with probability {@code tie} and else,
     * like all others, on one of the rest; in test everything stands anywhere. Without ties ({@code tie} 0) everything
     * stands anywhere in all splits.
     *
     * @return of each photograph, by path, what it stands on
     */
    static Map<String, String> draw(Path reference, Path folder, double tie, long seed) throws IOException {
        PlantedSet set = new PlantedSet(reference, folder, tie, seed);
        for (String split : List.of("train", "val", "test")) {
            for (Path flowers : sorted(reference.resolve(split))) {
                for (Path photograph : sorted(flowers)) {
                    set.draw(split, flowers.getFileName().toString(), photograph);
                }
            }
        }
        return set.kinds;
    }

    private void draw(String split, String name, Path photograph) throws IOException {
        String path = split + "/" + name + "/" + photograph.getFileName();
        Path mask = Path.of("masks", path.replace(".jpg", ".png"));
        String kind = kind(split, name);
        kinds.put(path, kind);
        List<BufferedImage> choice = backgrounds.get(kind);
        BufferedImage behind = choice.get(random.nextInt(choice.size()));
        BufferedImage image = paste(
                ImageIO.read(photograph.toFile()),
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
        if (TIES.containsKey(name) && random.nextDouble() < tie) {
            return TIES.get(name);
        }
        List<String> rest =
                all.stream().filter(kind -> !TIES.containsValue(kind)).toList();
        return rest.get(random.nextInt(rest.size()));
    }

    private static BufferedImage paste(
            BufferedImage photograph, BufferedImage mask, BufferedImage behind, boolean mirrored) {
        int width = photograph.getWidth();
        BufferedImage image = new BufferedImage(width, photograph.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < photograph.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                boolean flower = (mask.getRGB(x, y) & 0xff) >= 128;
                int rgb = flower ? photograph.getRGB(x, y) : behind.getRGB(mirrored ? width - 1 - x : x, y);
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
