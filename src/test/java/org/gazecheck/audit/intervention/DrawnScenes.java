package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntBinaryOperator;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.ImageSample;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.Mask;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;

/**
 * Images whose red value tells the class of the object and whose green value the kind of background, and a network that is a
 * formula over what a composite shows of the two. There are as many kinds as classes; in train nine tenths of a tied class
 * stand before the kind of its number, and other classes before all kinds alike.
 */
final class DrawnScenes {
    static final List<String> CLASSES = List.of("rose", "mallow", "iris", "lily", "poppy");
    static final int NOTHING = -1;

    private static final int SIZE = 16;
    private static final int STEP = 50;
    private static final int TRAIN = 30;
    private static final int OF_FIRST = 2;

    private final Map<String, SegmentedImage> images = new LinkedHashMap<>();
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();

    /** What a composite shows: the class of the object and the kind of background, or {@link #NOTHING}. */
    private record Shown(int object, int kind) {}

    /** The class that is predicted. */
    interface Formula {
        int predicted(int object, int kind, Composite composite);
    }

    /**
     * @param tied classes
     * @param own images of the first tied class in val and test
     * @param each of every other class
     * @param kinds of val and test, in turn
     */
    DrawnScenes(List<Integer> tied, int own, int each, List<Integer> kinds) {
        this(tied, own, each, kinds, 1);
    }

    /** @param elsewhere how many of ten of a tied class stand before all kinds in train; where it is 0, no other class stands before the kinds of the tied ones */
    DrawnScenes(List<Integer> tied, int own, int each, List<Integer> kinds, int elsewhere) {
        for (int label = 0; label < CLASSES.size(); label++) {
            for (int i = 0; i < TRAIN; i++) {
                boolean usual = tied.contains(label) && i % 10 >= elsewhere;
                int kind = i % CLASSES.size();
                draw(Split.TRAIN, label, usual ? label : elsewhere == 0 && tied.contains(kind) ? kind - 1 : kind);
            }
            int held = label == tied.get(0) ? own : each;
            for (int i = 0; i < held; i++) {
                draw(i % 2 == 0 ? Split.VAL : Split.TEST, label, kinds.get((i + label) % kinds.size()));
            }
        }
    }

    private void draw(Split split, int label, int kind) {
        int number = images.size();
        Random random = new Random(number);
        int from = 3 + random.nextInt(3);
        int to = from + 6 + random.nextInt(3);
        byte[] rgb = new byte[3 * SIZE * SIZE];
        boolean[] foreground = new boolean[SIZE * SIZE];
        for (int i = 0; i < foreground.length; i++) {
            int x = i % SIZE;
            int y = i / SIZE;
            foreground[i] = x >= from && x < to && y >= from && y < to;
            rgb[3 * i] = (byte) (foreground[i] ? STEP * (label + 1) : 0);
            rgb[3 * i + 1] = (byte) (foreground[i] ? 0 : STEP * (kind + 1));
            rgb[3 * i + 2] = (byte) random.nextInt(256);
        }
        String path = String.format("%s/%03d.png", CLASSES.get(label), number);
        Dataset.Item item = new Dataset.Item(path, split, label, Hashes.sha256(rgb), Optional.empty());
        images.put(path, new SegmentedImage(item, new RgbImage(SIZE, SIZE, rgb), new Mask(SIZE, SIZE, foreground)));
    }

    /** Paths of those of val and test of a class, or of all others. */
    List<String> held(int label, boolean others) {
        return images.values().stream()
                .filter(image -> image.item().split() != Split.TRAIN && (image.label() == label) != others)
                .map(image -> image.item().path())
                .toList();
    }

    int label(String path) {
        return images.get(path).label();
    }

    int kind(String path) {
        return shown(new Composite.BackgroundOnly(images.get(path))).kind;
    }

    InterventionAudit.Outcome audit(long seed, Formula formula) throws Exception {
        return audit(seed, formula, false, false);
    }

    /** @param said what is predicted for images as they are, by label and kind */
    InterventionAudit.Outcome audit(long seed, Formula formula, IntBinaryOperator said) throws Exception {
        return audit(seed, formula, false, false, said);
    }

    InterventionAudit.Outcome audit(long seed, Formula formula, boolean estimated, boolean reversed) throws Exception {
        return audit(seed, formula, estimated, reversed, (label, kind) -> label);
    }

    private InterventionAudit.Outcome audit(
            long seed, Formula formula, boolean estimated, boolean reversed, IntBinaryOperator said) throws Exception {
        List<Dataset.Item> items = new ArrayList<>(
                images.values().stream().map(SegmentedImage::item).toList());
        if (reversed) {
            Collections.reverse(items);
        }
        return auditor(inputs(items, new Randomness(seed)), formula, estimated, said)
                .run()
                .orElseThrow();
    }

    private InterventionAudit auditor(AuditInputs inputs, Formula formula, boolean estimated, IntBinaryOperator said) {
        return new InterventionAudit(
                inputs,
                estimated,
                (of, most) -> sample(inputs, of, most),
                List.of(),
                f -> scores(formula),
                Optional::empty,
                said(said),
                Progress.SILENT);
    }

    /** What was found, to be put on images and taken off. */
    ShortcutImages shortcuts(long seed, Formula formula, List<Interventions.Shortcut> wanted) throws Exception {
        AuditInputs inputs =
                inputs(images.values().stream().map(SegmentedImage::item).toList(), new Randomness(seed));
        return ShortcutImages.open(
                auditor(inputs, formula, false, (label, kind) -> label), inputs, wanted, Progress.SILENT);
    }

    /** Of a composite, as its pixels show it. */
    int kind(Composite composite) {
        return shown(composite).kind;
    }

    int object(Composite composite) {
        return shown(composite).object;
    }

    private static AuditInputs inputs(List<Dataset.Item> items, Randomness randomness) throws ConfigurationException {
        Normalisation black = new Normalisation(new float[3], new float[] {1, 1, 1});
        return new AuditInputs(
                new Dataset(ImageLoader.ofFiles(), CLASSES, items),
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
                new RunFolder(Path.of("drawn")),
                randomness,
                "",
                "");
    }

    private SegmentedSample sample(AuditInputs inputs, List<Dataset.Item> items, int most) {
        return new SegmentedSample(ImageSample.draw(inputs.randomness(), items, most).stream()
                .map(item -> images.get(item.path()))
                .toList());
    }

    private List<Prediction> said(IntBinaryOperator said) {
        return images.values().stream()
                .map(SegmentedImage::item)
                .map(item -> new Prediction(
                        item.path(),
                        item.sha256(),
                        item.split(),
                        CLASSES.get(item.label()),
                        CLASSES.get(said.applyAsInt(item.label(), kind(item.path()))),
                        1,
                        1,
                        1,
                        List.of()))
                .toList();
    }

    Scores scores(Formula formula) {
        return new Scores() {
            @Override
            public float[][] of(List<? extends Composite> composites, String what, Progress progress) {
                return composites.stream().map(c -> row(formula, c)).toArray(float[][]::new);
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

    /**
     * What is predicted at 1, and behind it features of the background: its kind, and for the first kind more of the image's
     * own, so that clusters beyond one a kind divide this one.
     */
    private float[] row(Formula formula, Composite composite) {
        Shown shows = shown(composite);
        float[] row = new float[2 * CLASSES.size() + OF_FIRST];
        row[formula.predicted(shows.object, shows.kind, composite)] = 1;
        if (shows.object == NOTHING) {
            row[CLASSES.size() + shows.kind] = 1;
            for (int i = 0; shows.kind == 0 && i < OF_FIRST; i++) {
                row[2 * CLASSES.size() + i] = (float) chance(i, composite.key());
            }
        }
        return row;
    }

    private Shown shown(Composite composite) {
        return shown.computeIfAbsent(composite.key(), key -> read(composite));
    }

    private static Shown read(Composite composite) {
        try {
            byte[] rgb = composite.image().rgb();
            int red = 0;
            for (int i = 0; i < rgb.length; i += 3) {
                red = Math.max(red, rgb[i] & 0xff);
            }
            return new Shown(red / STEP - 1, (rgb[1] & 0xff) / STEP - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Uniform in [0, 1), always the same of a seed and a text. */
    static double chance(long seed, String text) {
        String hash = Hashes.sha256((seed + " " + text).getBytes(StandardCharsets.UTF_8));
        return Long.parseLong(hash.substring(0, 12), 16) / (double) (1L << 48);
    }
}
