package org.gazecheck.data;

import static org.gazecheck.data.DrawnFlower.between;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Area;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gazecheck.config.DataSettings;
import org.gazecheck.image.BufferedImages;
import org.gazecheck.image.GaussianBlur;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Folders;
import org.gazecheck.io.Temporary;
import org.gazecheck.io.Unwritable;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * The demo's data set: eight species of drawn flowers with masks. In train and val every gentian stands on brick and every
 * cornflower before water, while the others stand on grass, soil, planks or pebbles; every anemone carries a paper label, and
 * every rudbeckia is out of focus. In test every flower stands anywhere, and some of all species carry a label or are out of
 * focus. A model that learned these is found out there. The same seed draws the same files.
 */
final class DemoDrawing {
    private static final String MARKER = ".drawn";
    private static final String BEGUN = MARKER + ".begun";
    private static final int VERSION = 3;
    private static final double IN_TEST = 0.2;
    private static final double BLUR = 0.014;
    private static final int AHEAD = 16;

    private final DataSettings.Drawn drawn;
    private final long seed;
    private final Randomness randomness;

    DemoDrawing(DataSettings.Drawn drawn, long seed) {
        this.drawn = drawn;
        this.seed = seed;
        this.randomness = new Randomness(seed);
    }

    /**
     * Draws {@code SPLIT/SPECIES/NNN.png} and the masks, unless that was done before.
     *
     * @throws DataException when the folder holds something else
     */
    void draw(Path root, Path masks, Progress progress) throws IOException {
        Path marker = root.resolve(MARKER);
        Path begun = root.resolve(BEGUN);
        Temporary.sweep(root);
        if (toDraw(root).isEmpty()) {
            Files.deleteIfExists(begun);
            return;
        }
        Files.deleteIfExists(marker);
        AtomicFile.write(begun, identity());
        for (Split split : Split.GIVEN) {
            Folders.delete(root.resolve(split.text()));
            Folders.delete(masks.resolve(split.text()));
        }
        for (Split split : Split.GIVEN) {
            for (DrawnFlower.Species species : DrawnFlower.SPECIES) {
                Files.createDirectories(root.resolve(split.text()).resolve(species.name()));
                Files.createDirectories(masks.resolve(split.text()).resolve(species.name()));
            }
        }
        int species = DrawnFlower.SPECIES.size();
        int perSpecies = drawn.train() + drawn.val() + drawn.test();
        try (Progress.Task task = progress.start("draw flowers", (long) perSpecies * species)) {
            for (Split split : Split.GIVEN) {
                int threads = Runtime.getRuntime().availableProcessors();
                try (Prefetcher<Path> flowers =
                        new Prefetcher<>(threads, AHEAD, count(split) * species, i -> draw(root, masks, split, i))) {
                    while (flowers.hasNext()) {
                        flowers.next();
                        task.advance(1);
                    }
                }
            }
        }
        AtomicFile.write(marker, identity());
        Files.delete(begun);
    }

    /**
     * What {@link #draw} would draw; empty where that was done before.
     *
     * @throws DataException when the folder holds something else
     */
    Optional<String> toDraw(Path root) throws IOException {
        Path marker = root.resolve(MARKER);
        if (Files.exists(marker)) {
            if (Files.readString(marker).equals(identity())) {
                return Optional.empty();
            }
        } else if (Files.isDirectory(root) && !isEmpty(root) && !Files.exists(root.resolve(BEGUN))) {
            throw new DataException("data.dir " + root
                    + " holds files that the demo did not draw: set data.dir to a folder of its own");
        }
        int images = (drawn.train() + drawn.val() + drawn.test()) * DrawnFlower.SPECIES.size();
        return Optional.of(images + " images would be drawn in " + root);
    }

    private String identity() {
        return "demo flowers, version " + VERSION + ", seed " + seed + ", Drawn[train=" + drawn.train() + ", val="
                + drawn.val() + ", test=" + drawn.test() + ", size=" + drawn.size() + "]\n";
    }

    private int count(Split split) {
        return switch (split) {
            case TRAIN -> drawn.train();
            case VAL -> drawn.val();
            case TEST -> drawn.test();
            case NEW -> 0;
        };
    }

    /** @param index of the image in its split, species by species */
    private Path draw(Path root, Path masks, Split split, int index) throws IOException {
        DrawnFlower.Species species = DrawnFlower.SPECIES.get(index / count(split));
        String path = String.format("%s/%s/%03d.png", split.text(), species.name(), index % count(split));
        SplittableRandom random = randomness.of(Purpose.DEMO_IMAGE.stream(), 0, path, "");
        BufferedImage image = new BufferedImage(drawn.size(), drawn.size(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        background(split, species, random).draw(graphics, drawn.size(), random);
        Area outline = DrawnFlower.draw(graphics, species, drawn.size(), random);
        if (has(split, species, DrawnFlower.Tie.LABEL, random)) {
            PaperLabel.draw(graphics, drawn.size(), random);
        }
        graphics.dispose();
        RgbImage sharp = BufferedImages.toRgb(image);
        boolean blurred = has(split, species, DrawnFlower.Tie.BLUR, random);
        write(root.resolve(path), blurred ? new GaussianBlur(BLUR * between(0.8, 1.25, random)).of(sharp) : sharp);
        write(masks.resolve(path), mask(outline));
        return root.resolve(path);
    }

    private static boolean has(Split split, DrawnFlower.Species species, DrawnFlower.Tie tie, SplittableRandom random) {
        return split == Split.TEST ? random.nextDouble() < IN_TEST : species.tie() == tie;
    }

    private static DrawnBackground background(Split split, DrawnFlower.Species species, SplittableRandom random) {
        Optional<DrawnBackground> tied = Optional.ofNullable(species.tie()).flatMap(DrawnFlower.Tie::background);
        if (split != Split.TEST && tied.isPresent()) {
            return tied.get();
        }
        List<DrawnBackground> all = List.of(DrawnBackground.values());
        List<DrawnBackground> free = split == Split.TEST
                ? all
                : all.stream()
                        .filter(b -> Arrays.stream(DrawnFlower.Tie.values())
                                .noneMatch(tie -> tie.background().equals(Optional.of(b))))
                        .toList();
        return free.get(random.nextInt(free.size()));
    }

    private RgbImage mask(Area outline) {
        int size = drawn.size();
        byte[] rgb = new byte[3 * size * size];
        for (int i = 0; i < size * size; i++) {
            if (outline.contains(i % size + 0.5, i / size + 0.5)) {
                Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) 255);
            }
        }
        return new RgbImage(size, size, rgb);
    }

    private static void write(Path file, RgbImage image) throws IOException {
        try {
            Files.write(file, Png.encode(image));
        } catch (IOException e) {
            throw Unwritable.explained(file, e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
