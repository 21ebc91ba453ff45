package org.gazecheck.knownanswers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.gazecheck.io.Folders;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes a set as Waterbirds is one (Sagawa et al. 2020): two classes of several species each, before two backgrounds that in train and
 * val nearly always go along with the class, and in test never: {@code FOLDER/SPLIT/CLASS}, masks in {@code FOLDER-masks}, and the
 * table for {@code --groups} in {@code FOLDER-groups.csv}.
 */
@Command(name = "make-groups", usageHelpAutoWidth = true)
final class MakeGroups implements Callable<Integer> {
    private static final Map<String, List<String>> CLASSES = new TreeMap<>(Map.of(
            "herb", List.of("gazania", "morning glory", "osteospermum", "oxeye daisy"),
            "shrub", List.of("camellia", "frangipani", "hibiscus", "tree mallow")));
    private static final Map<String, String> OWN = Map.of("herb", "brick", "shrub", "water");

    @Option(names = "--reference", required = true, description = "the folder of the reference data")
    private Path reference;

    @Option(names = "--out", required = true, description = "folder of the set; masks and groups come beside it")
    private Path out;

    @Option(
            names = "--share",
            defaultValue = "0.95",
            description = "of a class in train and val, before its background")
    private double share;

    @Option(names = "--train", defaultValue = "100", description = "training images a class")
    private int train;

    @Option(names = "--val", defaultValue = "60", description = "validation images a class")
    private int val;

    @Option(names = "--test", defaultValue = "54", description = "test images a class, half before each background")
    private int test;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    /** Entry of the program. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MakeGroups()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path parts = reference.resolve("planted");
        Renderer renderer = new Renderer(Stock.composites(parts), seed);
        Folders.delete(out);
        Folders.delete(beside("-masks"));
        StringBuilder groups = new StringBuilder("path,group\n");
        for (Picture picture : pictures(parts)) {
            Renderer.Drawn drawn = renderer.draw(picture);
            write(out.resolve(picture.path()), KnownSet.jpeg(drawn.image()));
            write(
                    beside("-masks").resolve(picture.path().replace(".jpg", ".png")),
                    KnownSet.png(Objects.requireNonNull(drawn.mask()), drawn.image()));
            groups.append(picture.path())
                    .append(',')
                    .append(picture.background())
                    .append('\n');
        }
        Files.writeString(beside("-groups.csv"), groups);
        return 0;
    }

    private List<Picture> pictures(Path parts) throws IOException {
        Lot lot = new Lot(seed);
        List<Picture> pictures = new ArrayList<>();
        for (Map.Entry<String, List<String>> each : CLASSES.entrySet()) {
            String label = each.getKey();
            List<Path> photographs = lot.shuffled(photographs(parts, each.getValue()), "photographs", label);
            Map<String, Integer> sizes = new LinkedHashMap<>();
            sizes.put("train", train);
            sizes.put("val", val);
            sizes.put("test", test);
            int next = 0;
            if (photographs.size() < train + val + test) {
                throw new IllegalArgumentException(
                        label + " has " + photographs.size() + " photographs of " + (train + val + test));
            }
            for (Map.Entry<String, Integer> split : sizes.entrySet()) {
                int size = split.getValue();
                long own = Math.round(size * (split.getKey().equals("test") ? 0.5 : share));
                for (int i = 0; i < size; i++) {
                    Path photograph = photographs.get(next++);
                    String species = photograph.getParent().getFileName().toString();
                    String path = String.format("%s/%s/%04d.jpg", split.getKey(), label, i + 1);
                    pictures.add(
                            new Picture(path, label, species, photograph, null, background(label, i < own), List.of()));
                }
            }
        }
        return pictures;
    }

    private static String background(String label, boolean own) {
        return OWN.entrySet().stream()
                .filter(each -> each.getKey().equals(label) == own)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> photographs(Path parts, List<String> species) throws IOException {
        List<Path> all = new ArrayList<>();
        for (String split : List.of("train", "val", "test")) {
            for (String one : species) {
                all.addAll(Stock.sorted(parts.resolve(split).resolve(one)));
            }
        }
        return all;
    }

    private Path beside(String ending) {
        return out.resolveSibling(out.getFileName() + ending);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
