package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.ImageSample;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.Mask;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;

/**
 * Images of an object whose red value tells its class, before green noise; some show a mark, a blue square. A network that is a
 * formula over what a composite shows of the two. In train and val nearly all of the tied class show the mark and hardly any others;
 * in test four tenths of every class do.
 */
final class DrawnMarks {
    static final List<String> CLASSES = List.of("rose", "mallow", "iris", "lily", "poppy");
    static final int TIED = 1;

    private static final int SIZE = 32;
    private static final int MARK = 6;
    private static final int STEP = 50;
    private static final int CELLS = 8;
    private static final int COARSE = 4;
    private static final int DIMENSIONS = 8;

    private final Map<String, SegmentedImage> images = new LinkedHashMap<>();
    private final Map<String, Boolean> marked = new LinkedHashMap<>();
    private final Place place;
    private final boolean masks;
    private final boolean asObjects;

    /** Where the mark's corner is. */
    interface Place {
        int[] of(Random random);
    }

    /** How often a network calls what shows the mark the tied class, and whether its map says so. */
    record Network(double byMark, boolean inMap) {}

    /**
     * @param share of the tied class that shows it in train and val, 0..1
     * @param others of the others
     */
    DrawnMarks(Place place, double share, double others, boolean masks) {
        this(place, share, others, masks, false);
    }

    /** @param asObjects whether the objects of the tied class are blue like the mark, which then could be one of them */
    DrawnMarks(Place place, double share, double others, boolean masks, boolean asObjects) {
        this.asObjects = asObjects;
        this.place = place;
        this.masks = masks;
        for (int label = 0; label < CLASSES.size(); label++) {
            for (int i = 0; i < 70; i++) {
                Split split = i < 25 ? Split.TRAIN : i < 35 ? Split.VAL : Split.TEST;
                double usual = label == TIED ? share : others;
                draw(split, label, split == Split.TEST ? 0.4 : usual);
            }
        }
    }

    private void draw(Split split, int label, double share) {
        int number = images.size();
        Random random = new Random((long) (1e15 * DrawnScenes.chance(0, "image " + number)));
        boolean shows = random.nextDouble() < share;
        int[] corner = place.of(random);
        int from = 11 + random.nextInt(2);
        int to = from + 8 + random.nextInt(2);
        byte[] rgb = new byte[3 * SIZE * SIZE];
        boolean[] object = new boolean[SIZE * SIZE];
        for (int i = 0; i < object.length; i++) {
            int x = i % SIZE;
            int y = i / SIZE;
            object[i] = x >= from && x < to && y >= from && y < to;
            boolean mark = shows && x >= corner[0] && x < corner[0] + MARK && y >= corner[1] && y < corner[1] + MARK;
            rgb[3 * i] = (byte) (object[i] ? STEP * (label + 1) : 0);
            rgb[3 * i + 1] = (byte) random.nextInt(100);
            rgb[3 * i + 2] = (byte) (mark || asObjects && label == TIED && object[i] ? 255 : 0);
        }
        String path = String.format("%s/%03d.png", CLASSES.get(label), number);
        Dataset.Item item = new Dataset.Item(path, split, label, Hashes.sha256(rgb), Optional.empty());
        boolean[] unknown = new boolean[object.length];
        Arrays.fill(unknown, !masks);
        Mask mask = new Mask(SIZE, SIZE, masks ? object : new boolean[object.length], unknown);
        images.put(path, new SegmentedImage(item, new RgbImage(SIZE, SIZE, rgb), mask));
        marked.put(path, shows);
    }

    boolean shows(String path) {
        return marked.get(path);
    }

    InterventionAudit.Outcome audit(long seed, Network network) throws Exception {
        AuditInputs inputs = inputs(new Randomness(seed));
        return new InterventionAudit(
                        inputs,
                        false,
                        (of, most) -> new SegmentedSample(ImageSample.draw(inputs.randomness(), of, most).stream()
                                .map(item -> images.get(item.path()))
                                .toList()),
                        List.of(),
                        withFeatures -> scores(seed, network),
                        () -> Optional.of(cells(seed, network)),
                        said(seed, network),
                        Progress.SILENT)
                .run()
                .orElseThrow();
    }

    private AuditInputs inputs(Randomness randomness) throws Exception {
        Normalisation black = new Normalisation(new float[3], new float[] {1, 1, 1});
        return new AuditInputs(
                new Dataset(
                        ImageLoader.ofFiles(),
                        CLASSES,
                        images.values().stream().map(SegmentedImage::item).toList()),
                null,
                Preprocessing.at(SIZE, black),
                ConfigurationReader.of(
                        "drawn",
                        List.of(
                                "data.source=folder",
                                "data.dir=drawn",
                                "output.dir=drawn",
                                "model.architecture=demo",
                                "audit.interventions=10000")),
                null,
                null,
                randomness,
                "",
                "");
    }

    private List<Prediction> said(long seed, Network network) {
        return images.values().stream()
                .map(image -> new Prediction(
                        image.item().path(),
                        image.item().sha256(),
                        image.item().split(),
                        CLASSES.get(image.label()),
                        CLASSES.get(predicted(seed, network, image)),
                        1,
                        1,
                        1,
                        List.of()))
                .toList();
    }

    private static int predicted(long seed, Network network, SegmentedImage image) {
        return called(seed, network, image.frame(), image.item().sha256());
    }

    private static int called(long seed, Network network, RgbImage image, String key) {
        int red = 0;
        int blue = 0;
        byte[] rgb = image.rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            red = Math.max(red, rgb[i] & 0xff);
            blue += (rgb[i + 2] & 0xff) > 100 ? 1 : 0;
        }
        boolean mark = blue > MARK * MARK / 2;
        return mark && DrawnScenes.chance(seed, key) < network.byMark ? TIED : Math.max(0, red / STEP - 1);
    }

    private static Scores scores(long seed, Network network) {
        return new Scores() {
            @Override
            public float[][] of(List<? extends Composite> composites, String what, Progress progress) {
                return composites.stream().map(c -> row(seed, network, c)).toArray(float[][]::new);
            }

            @Override
            public float[][] probabilities(float[][] rows) {
                return Arrays.stream(rows)
                        .map(row -> Arrays.copyOf(row, CLASSES.size()))
                        .toArray(float[][]::new);
            }

            @Override
            public void close() {}
        };
    }

    /** The predicted class at 1, and behind it one feature, the same for all backgrounds but for noise. */
    private static float[] row(long seed, Network network, Composite composite) {
        try {
            float[] row = new float[CLASSES.size() + 2];
            row[called(seed, network, composite.image(), composite.key())] = 1;
            row[CLASSES.size()] = 1;
            row[CLASSES.size() + 1] = (float) DrawnScenes.chance(2, composite.key());
            return row;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CellSource cells(long seed, Network network) {
        return new CellSource() {
            @Override
            public List<ImageCells> of(List<SegmentedImage> images) {
                List<ImageCells> cells = new ArrayList<>();
                for (SegmentedImage image : images) {
                    cells.add(cells(seed, network, image));
                }
                return cells;
            }

            @Override
            public void close() {}
        };
    }

    /** The first feature is how much of a cell is of a mark, the second of an object, and the others are noise. */
    private static ImageCells cells(long seed, Network network, SegmentedImage image) {
        Random random = new Random(image.item().path().hashCode());
        int predicted = predicted(seed, network, image);
        float[] features = new float[CELLS * CELLS * DIMENSIONS];
        float[] contribution = new float[COARSE * COARSE];
        for (int cell = 0; cell < CELLS * CELLS; cell++) {
            int at = cell * DIMENSIONS;
            for (int j = 0; j < DIMENSIONS; j++) {
                features[at + j] = (float) (0.1 * random.nextGaussian());
            }
            double blue = share(image.frame(), cell, 2);
            features[at] += (float) blue;
            features[at + 1] += (float) share(image.frame(), cell, 0);
            int coarse = cell / CELLS / 2 * COARSE + cell % CELLS / 2;
            boolean counts = network.inMap && predicted == TIED;
            contribution[coarse] += (float) ((counts ? blue : 0) + 0.02 * random.nextDouble());
        }
        return new ImageCells(
                predicted, new CellGrid(COARSE, COARSE), contribution, new CellGrid(CELLS, CELLS), features);
    }

    private static double share(RgbImage image, int cell, int channel) {
        int side = SIZE / CELLS;
        double sum = 0;
        for (int y = cell / CELLS * side; y < (cell / CELLS + 1) * side; y++) {
            for (int x = cell % CELLS * side; x < (cell % CELLS + 1) * side; x++) {
                sum += image.rgb()[3 * (y * SIZE + x) + channel] == 0 ? 0 : 1;
            }
        }
        return sum / (side * side);
    }
}
