package org.gazecheck.audit.intervention;

import static org.gazecheck.audit.intervention.DrawnScenes.chance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.ImageSample;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.BlurLength;
import org.gazecheck.image.CaptureMeasures;
import org.gazecheck.image.ColourCast;
import org.gazecheck.image.ColourGains;
import org.gazecheck.image.GaussianBlur;
import org.gazecheck.image.Mask;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.OriginalMeasures;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.PropertyMeasures;
import org.gazecheck.image.RgbImage;
import org.gazecheck.image.ToneChange;
import org.gazecheck.image.ToneChange.Tone;
import org.gazecheck.io.Hashes;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

/**
 * Properties of images as shortcuts, against networks that are formulas over the pixels that they are shown. Of mallow six of seven
 * images carry it in train and val; of the others one of ten; in test half of all do.
 */
class PropertyShortcutTest {
    private static final List<String> CLASSES = List.of("rose", "mallow", "iris", "lily");
    private static final int MALLOW = 1;
    private static final int SIZE = 64;

    /** What mallow carries. */
    private enum Tie {
        BLUR,
        CAST,
        DARK,
        SMALL,
        /** Smaller and nearer together. */
        FAR
    }

    private final Map<String, SegmentedImage> images = new LinkedHashMap<>();

    @Test
    void aNetworkThatGoesByBlurIsFoundOut() throws Exception {
        draw(Tie.BLUR, false);
        assertEquals(List.of("mallow blur"), proven(audit(PropertyShortcutTest::blur, 0.017, 0.5)));
    }

    @Test
    void oneThatDoesNotGoByItIsNot() throws Exception {
        draw(Tie.BLUR, false);
        List<Shortcut> tried = audit(PropertyShortcutTest::blur, 0.017, 0);
        assertEquals(List.of(), proven(tried));
        assertTrue(tried.stream()
                .anyMatch(s -> s.name().equals("mallow") && s.detail().equals("their blur")));
    }

    @Test
    void aNetworkThatGoesByACastIsFoundOutAndMissesItWhereItIsTakenOff() throws Exception {
        draw(Tie.CAST, true);
        List<Shortcut> tried = audit(PropertyShortcutTest::warmth, 0.2, 0.6);
        assertEquals(List.of("mallow colour"), proven(tried));
        Shortcut mallow = tried.stream()
                .filter(s -> s.name().equals("mallow"))
                .findFirst()
                .orElseThrow();
        assertTrue(List.of("warm", "yellow", "red").contains(mallow.detail().split(" ")[1]), mallow.detail());
        assertEquals(0, mallow.attracts().without(), 0.1, "other colours do not do it");
        assertTrue(mallow.repairs().difference().value() > 0.7, mallow.repairs().toString());
    }

    @Test
    void whereObjectsAreNotKnownACastIsOnlySuspected() throws Exception {
        draw(Tie.CAST, false);
        Shortcut mallow = audit(PropertyShortcutTest::warmth, 0.2, 0.6).stream()
                .filter(s -> s.name().equals("mallow") && s.reason() == Reason.COLOUR)
                .findFirst()
                .orElseThrow();
        assertEquals(Grade.SUSPECTED, mallow.grade(), "it may be the objects' own colour");
    }

    @Test
    void coloursProveNothingWithoutTheNaturalWitnessSinceObjectsCastThemOnWhatIsNear() {
        PropertyAssociation association = PropertyAssociation.of(
                        MALLOW, new double[] {2, 3, 4}, new double[] {0, 0, 1}, 0.7)
                .orElseThrow();
        for (Property property : Properties.all()) {
            PropertyCandidate candidate =
                    new PropertyCandidate(property, association, Map.of(), List.of(), null, Optional.empty());
            boolean ofWhole =
                    property.reason() != Reason.COLOUR || property.detail().equals("their dark corners");
            assertEquals(ofWhole, candidate.provesAlone(), property.detail());
        }
    }

    @Test
    void aNetworkThatGoesByDarknessIsFoundOut() throws Exception {
        draw(Tie.DARK, true);
        List<Shortcut> tried = audit(PropertyShortcutTest::darkness, -0.3, 0.5);
        assertEquals(List.of("mallow colour"), proven(tried));
        assertTrue(
                tried.stream()
                        .anyMatch(s -> s.grade() == Grade.PROVEN && s.detail().equals("how dark they are")),
                tried.toString());
    }

    @Test
    void oneThatDoesNotGoByDarknessIsNot() throws Exception {
        draw(Tie.DARK, true);
        assertEquals(List.of(), proven(audit(PropertyShortcutTest::darkness, -0.3, 0)));
    }

    @Test
    void aNetworkThatGoesBySizeIsFoundOut() throws Exception {
        draw(Tie.SMALL, true);
        assertEquals(List.of("mallow size"), proven(audit(PropertyShortcutTest::smallness, -0.08, 0.5)));
    }

    @Test
    void oneThatGoesByObjectsOfAnySizeIsNot() throws Exception {
        draw(Tie.SMALL, true);
        assertEquals(List.of(), proven(audit(PropertyShortcutTest::smallness, -0.08, 0)));
    }

    @Test
    void withoutMasksANetworkThatGoesBySizeIsFoundOut() throws Exception {
        draw(Tie.FAR, false);
        List<Shortcut> tried = audit(PropertyShortcutTest::shortness, -11, 0.5);
        assertEquals(List.of("mallow size"), proven(tried));
        Shortcut mallow = tried.stream()
                .filter(s -> s.name().equals("mallow") && s.reason() == Reason.SIZE)
                .findFirst()
                .orElseThrow();
        assertEquals("how small the object is", mallow.detail());
        assertEquals(0.5, mallow.attracts().with(), 0.12);
        assertEquals(0.03, mallow.attracts().without(), 0.07);
    }

    @Test
    void withoutMasksOneThatDoesNotGoByItIsNot() throws Exception {
        draw(Tie.FAR, false);
        List<Shortcut> tried = audit(PropertyShortcutTest::shortness, -11, 0);
        assertEquals(List.of(), proven(tried));
        assertTrue(tried.stream().anyMatch(s -> s.name().equals("mallow") && s.reason() == Reason.SIZE));
    }

    @Test
    void estimatedMasksAreNotAskedForTheSize() throws Exception {
        draw(Tie.FAR, true);
        boolean[] disc = new boolean[SIZE * SIZE];
        for (int i = 0; i < disc.length; i++) {
            disc[i] = Math.hypot(i % SIZE - 32, i / SIZE - 32) < 20;
        }
        images.replaceAll((path, image) -> new SegmentedImage(image.item(), image.frame(), new Mask(SIZE, SIZE, disc)));
        assertEquals(List.of("mallow size"), proven(audit(PropertyShortcutTest::shortness, -11, 0.5, true)));
        assertTrue(
                audit(PropertyShortcutTest::shortness, -11, 0.5, false).stream()
                        .noneMatch(s -> s.reason() == Reason.SIZE),
                "given masks say that all are of one size");
    }

    private static double blur(RgbImage image) {
        return BlurLength.of(image);
    }

    private static double warmth(RgbImage image) {
        return ColourCast.of(image, Optional.empty()).temperature();
    }

    /** Less the mean of green at the border, where no object is, 0..1. */
    private static double darkness(RgbImage image) {
        double sum = 0;
        for (int x = 0; x < SIZE; x++) {
            sum += image.rgb()[3 * x + 1] & 0xff;
        }
        return -sum / SIZE / 255;
    }

    /** Less the red pixels from the centre to the right; none at all is not a small object. */
    private static double shortness(RgbImage image) {
        int run = 0;
        for (int x = SIZE / 2; x < SIZE && isRed(image, x, SIZE / 2); x++) {
            run++;
        }
        return run == 0 ? -SIZE : -run;
    }

    private static boolean isRed(RgbImage image, int x, int y) {
        int at = 3 * (SIZE * y + x);
        return (image.rgb()[at] & 0xff) - (image.rgb()[at + 1] & 0xff) > 60;
    }

    /** Less the share of pixels that are redder than any background. */
    private static double smallness(RgbImage image) {
        int red = 0;
        for (int i = 0; i < image.rgb().length; i += 3) {
            red += (image.rgb()[i] & 0xff) - (image.rgb()[i + 1] & 0xff) > 60 ? 1 : 0;
        }
        return -(double) red / (SIZE * SIZE);
    }

    private static List<String> proven(List<Shortcut> shortcuts) {
        return shortcuts.stream()
                .filter(s -> s.grade() == Grade.PROVEN)
                .map(s -> s.name() + " " + s.reason().id())
                .toList();
    }

    private void draw(Tie tie, boolean masks) {
        for (int label = 0; label < CLASSES.size(); label++) {
            for (int i = 0; i < 70; i++) {
                Split split = i < 30 ? Split.TRAIN : i < 40 ? Split.VAL : Split.TEST;
                boolean often = label == MALLOW ? i % 7 != 0 : i % 10 == 0;
                draw(tie, split, label, split == Split.TEST ? i % 2 == 0 : often, masks);
            }
        }
    }

    /** A red disc on grey noise, or a field of them. */
    private void draw(Tie tie, Split split, int label, boolean carries, boolean masks) {
        int number = images.size();
        Random random = new Random(number);
        boolean small = carries && (tie == Tie.SMALL || tie == Tie.FAR);
        double apart = tie == Tie.FAR ? small ? 20 : 40 : 1000;
        double radius = small ? 7 + random.nextInt(2) : 14 + random.nextInt(4);
        byte[] rgb = new byte[3 * SIZE * SIZE];
        boolean[] foreground = new boolean[SIZE * SIZE];
        for (int i = 0; i < foreground.length; i++) {
            foreground[i] =
                    Math.hypot(Math.IEEEremainder(i % SIZE - 32, apart), Math.IEEEremainder(i / SIZE - 32, apart))
                            < radius;
            int grey = 60 + random.nextInt(100);
            rgb[3 * i] = (byte) (foreground[i] ? 200 : grey);
            rgb[3 * i + 1] = (byte) (foreground[i] ? 20 + 10 * label : grey);
            rgb[3 * i + 2] = (byte) (foreground[i] ? 30 : grey);
        }
        RgbImage image = new RgbImage(SIZE, SIZE, rgb);
        if (tie == Tie.BLUR && carries) {
            image = new GaussianBlur((1.5 + random.nextDouble()) / SIZE).of(image);
        } else if (tie == Tie.DARK && carries) {
            image = new ToneChange(Tone.BRIGHTNESS, 0.4 + 0.1 * random.nextDouble()).of(image);
        } else if (tie == Tie.CAST && carries) {
            image = ColourGains.shift(0.35 + 0.1 * random.nextDouble(), 0).of(image);
        }
        String path = String.format("%s/%03d.png", CLASSES.get(label), number);
        Dataset.Item item = new Dataset.Item(path, split, label, Hashes.sha256(image.rgb()), Optional.empty());
        images.put(
                path,
                new SegmentedImage(item, image, masks ? new Mask(SIZE, SIZE, foreground) : Mask.unknown(SIZE, SIZE)));
    }

    private static ImageProperties properties(SegmentedImage image) {
        CaptureMeasures m = CaptureMeasures.of(
                OriginalMeasures.of(image.frame(), new byte[1]), image.frame(), Optional.of(image.mask()));
        PropertyMeasures light = PropertyMeasures.of(image.frame(), Optional.empty());
        return new ImageProperties(
                image.item().path(),
                image.item().sha256(),
                image.item().split(),
                SIZE,
                SIZE,
                light.brightness(),
                light.contrast(),
                100,
                light.saturation(),
                0,
                0,
                image.mask().area(),
                0.5,
                0.5,
                new ImageProperties.Capture(
                        m.blur(),
                        m.falloff(),
                        m.castTemperature(),
                        m.castTint(),
                        m.noise(),
                        m.blockiness(),
                        m.quantiser()));
    }

    /** @param share of images beyond the threshold that are called mallow, whatever they show */
    private List<Shortcut> audit(ToDoubleFunction<RgbImage> gauge, double threshold, double share) throws Exception {
        return audit(gauge, threshold, share, false);
    }

    private List<Shortcut> audit(
            ToDoubleFunction<RgbImage> gauge, double threshold, double share, boolean estimatedMasks) throws Exception {
        List<Dataset.Item> items =
                images.values().stream().map(SegmentedImage::item).toList();
        Normalisation black = new Normalisation(new float[3], new float[] {1, 1, 1});
        Preprocessing preprocessing = Preprocessing.at(SIZE, black);
        Dataset dataset = new Dataset(ImageLoader.ofFiles(), CLASSES, items);
        Randomness randomness = new Randomness(1);
        AuditInputs inputs = new AuditInputs(
                dataset,
                null,
                preprocessing,
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
        Originals originals = new Originals(item -> images.get(item.path()).frame(), preprocessing);
        List<ImageProperties> properties =
                images.values().stream().map(PropertyShortcutTest::properties).toList();
        Network network = new Network(gauge, threshold, share);
        List<Prediction> predictions = images.values().stream()
                .map(image -> new Prediction(
                        image.item().path(),
                        image.item().sha256(),
                        image.item().split(),
                        CLASSES.get(image.label()),
                        CLASSES.get(network.called(image.frame(), image)),
                        1,
                        1,
                        1,
                        List.of()))
                .toList();
        return new InterventionAudit(
                        inputs,
                        estimatedMasks,
                        (of, most) -> new SegmentedSample(ImageSample.draw(randomness, of, most).stream()
                                .map(item -> images.get(item.path()))
                                .toList()),
                        List.of(new PropertyCandidates(dataset, properties, estimatedMasks, originals, randomness)),
                        withFeatures -> network,
                        () -> Optional.of(new Cells()),
                        predictions,
                        Progress.SILENT)
                .run()
                .orElseThrow()
                .interventions()
                .shortcuts();
    }

    /** Of each cell, how much of it lies at a border of something red, and noise; none speaks for a class. */
    private static final class Cells implements CellSource {
        private static final CellGrid FINE = new CellGrid(8, 8);
        private static final CellGrid COARSE = new CellGrid(4, 4);
        private static final int DIMENSIONS = 4;

        @Override
        public List<ImageCells> of(List<SegmentedImage> images) {
            return images.stream()
                    .map(image -> new ImageCells(
                            image.label(), COARSE, new float[COARSE.count()], FINE, features(image.frame())))
                    .toList();
        }

        private static float[] features(RgbImage frame) {
            float[] features = new float[FINE.count() * DIMENSIONS];
            Random random = new Random(Arrays.hashCode(frame.rgb()));
            int side = SIZE / FINE.rows();
            for (int i = 0; i < SIZE * (SIZE - 1); i++) {
                int at = DIMENSIONS * (i / SIZE / side * FINE.columns() + i % SIZE / side);
                boolean red = isRed(frame, i % SIZE, i / SIZE);
                features[at] += red == isRed(frame, i % SIZE, i / SIZE + 1) ? 0 : 1f / side / side;
            }
            for (int i = 0; i < features.length; i++) {
                features[i] += (float) (0.02 * random.nextGaussian());
            }
            return features;
        }

        @Override
        public void close() {}
    }

    /** Says what an image shows, in 29 of 30 cases, unless the gauge is beyond the threshold: then often mallow. */
    private record Network(ToDoubleFunction<RgbImage> gauge, double threshold, double share) implements Scores {
        int called(RgbImage image, SegmentedImage object) {
            String path = object.item().path();
            if (gauge.applyAsDouble(image) > threshold && chance(1, path) < share) {
                return MALLOW;
            }
            return chance(2, path) < 1 / 30.0 ? (object.label() + 1) % CLASSES.size() : object.label();
        }

        @Override
        public float[][] of(List<? extends Composite> composites, String what, Progress progress) {
            return composites.stream().map(this::row).toArray(float[][]::new);
        }

        private float[] row(Composite composite) {
            float[] row = new float[CLASSES.size() + 2];
            try {
                row[called(composite.image(), object(composite))] = 1;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            row[CLASSES.size()] = (float) chance(3, composite.key());
            return row;
        }

        private static SegmentedImage object(Composite composite) {
            if (composite instanceof Originals.Altered altered) {
                return altered.of();
            } else if (composite instanceof Rescaled rescaled) {
                return rescaled.object();
            } else if (composite instanceof Composite.Pasted pasted) {
                return pasted.object();
            } else if (composite instanceof Composite.ObjectOnly only) {
                return only.object();
            } else if (composite instanceof Composite.ObjectKept kept) {
                return kept.object();
            } else if (composite instanceof AlteredFrame altered) {
                return object(altered.of());
            } else if (composite instanceof Composite.Framed framed) {
                return framed.of();
            }
            return ((Composite.BackgroundOnly) composite).of();
        }

        @Override
        public float[][] probabilities(float[][] rows) {
            List<float[]> all = new ArrayList<>();
            for (float[] row : rows) {
                float[] p = Arrays.copyOf(row, CLASSES.size());
                for (int c = 0; c < p.length; c++) {
                    p[c] = 0.04f + 0.84f * p[c];
                }
                all.add(p);
            }
            return all.toArray(float[][]::new);
        }

        @Override
        public void close() {}
    }
}
