package org.gazecheck.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.evaluate.EvaluationInputs;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.image.Png;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.LinearHead;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Store;

/**
 * An audit in which every part finds something, within a second: squares before coloured backgrounds, one of which goes with
 * daisies in train; a network that is right of two in three of them; heatmaps of tulips that lie in a corner.
 */
final class DrawnAudit {
    private static final List<String> CLASSES = List.of("daisy", "rose", "tulip");
    private static final int TULIP = 2;
    private static final int TRAIN = 20;
    private static final int HELD = 20;
    private static final int SIZE = 32;

    private final Map<String, byte[]> images = new HashMap<>();
    private final List<Dataset.Item> items = new ArrayList<>();
    private final Path work;
    private final Dataset dataset;
    private final BuiltInNetwork network;
    private int folders;

    DrawnAudit(Path work) throws Exception {
        this.work = work;
        for (int label = 0; label < CLASSES.size(); label++) {
            for (int i = 0; i < TRAIN; i++) {
                draw(Split.TRAIN, label, (label == 0) == (i % 10 != 0) ? 0 : 1 + i % 2);
            }
            for (int i = 0; i < HELD; i++) {
                draw(i % 2 == 0 ? Split.VAL : Split.TEST, label, i / 2 % CLASSES.size());
            }
        }
        dataset = new Dataset(new ImageLoader(images::get, SIZE * SIZE), CLASSES, items);
        network = nearestMean(TinyNetworks.linear(Block.BASIC, 3));
    }

    private void draw(Split split, int label, int background) {
        SplittableRandom random = new SplittableRandom(items.size());
        int from = 8 + random.nextInt(4);
        int to = from + 12 + random.nextInt(3);
        byte[] rgb = new byte[3 * SIZE * SIZE];
        for (int i = 0; i < SIZE * SIZE; i++) {
            boolean object = within(i % SIZE, from, to) && within(i / SIZE, from, to);
            for (int c = 0; c < 3; c++) {
                int level = object ? c == label ? 255 : 200 : c == background ? 140 : 10;
                rgb[3 * i + c] = (byte) (level - random.nextInt(10));
            }
        }
        byte[] file = Png.encode(new RgbImage(SIZE, SIZE, rgb));
        String path = CLASSES.get(label) + "/" + items.size() + ".png";
        images.put(path, file);
        items.add(new Dataset.Item(path, split, label, Hashes.sha256(file), Optional.empty()));
    }

    private static boolean within(int at, int from, int to) {
        return at >= from && at < to;
    }

    /** The network with a head whose logits compare the distances to the classes' mean features in val and test. */
    private BuiltInNetwork nearestMean(BuiltInNetwork random) throws Exception {
        float[] features = Npy.read(evaluated(random).features()).floats();
        int width = random.features();
        int[] labels = labels();
        float[] means = new float[CLASSES.size() * width];
        for (int i = 0; i < features.length; i++) {
            means[labels[i / width] * width + i % width] += features[i] / HELD;
        }
        float[] bias = new float[CLASSES.size()];
        for (int i = 0; i < means.length; i++) {
            bias[i / width] -= means[i] * means[i] / 2;
        }
        return BuiltInNetwork.of(
                random.architecture(),
                random.convolutions(),
                Optional.of(new LinearHead(means, bias)),
                random.normalisation());
    }

    /** Of what is evaluated, in the order of its rows. */
    private int[] labels() {
        return items.stream()
                .filter(item -> item.split() != Split.TRAIN)
                .sorted(Comparator.comparing(Dataset.Item::split))
                .mapToInt(Dataset.Item::label)
                .toArray();
    }

    /** Data quality is looked for in just as many images as there are. */
    Configuration configuration() throws Exception {
        return ConfigurationReader.of(
                "drawn",
                List.of(
                        "data.source=folder",
                        "data.dir=drawn",
                        "model.architecture=demo",
                        "compute.threads=2",
                        "audit.interventions=40",
                        "audit.dataQuality=" + items.size(),
                        "audit.trust.images=3",
                        "audit.trust.methods=[gradcam, eigencam]",
                        "audit.trust.steps=3"));
    }

    /** A run folder with what the evaluation writes, and no more. */
    RunFolder evaluated() throws Exception {
        RunFolder folder = evaluated(network);
        int[] labels = labels();
        for (MapTarget target : MapTarget.values()) {
            Path file = folder.map(Evaluator.method(network), network.lastLayer(), target);
            NpyArray maps = Npy.read(file);
            float[] values = maps.floats();
            int cells = values.length / labels.length;
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] == TULIP) {
                    Arrays.fill(values, i * cells + 1, (i + 1) * cells, 0);
                    values[i * cells] = 1;
                }
            }
            Npy.write(file, values, maps.shape());
        }
        return folder;
    }

    private RunFolder evaluated(BuiltInNetwork by) throws Exception {
        RunFolder folder = folder(Map.of());
        Configuration configuration = configuration();
        Evaluator.evaluate(
                new EvaluationInputs(
                        dataset,
                        by,
                        preprocessing(by),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        configuration,
                        new Store(work.resolve("evaluated")),
                        folder,
                        new Randomness(configuration.seed())),
                Progress.SILENT);
        return folder;
    }

    private static Preprocessing preprocessing(BuiltInNetwork network) {
        return Preprocessing.at(SIZE, network.normalisation());
    }

    /** A new run folder with these files, each byte a character. */
    RunFolder folder(Map<String, String> content) throws IOException {
        RunFolder folder = new RunFolder(work.resolve("run" + folders++));
        for (Map.Entry<String, String> file : content.entrySet()) {
            Path path = folder.root().resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue(), StandardCharsets.ISO_8859_1);
        }
        return folder;
    }

    /** @param kept folder of the rows that are computed */
    Audit open(RunFolder folder, Configuration configuration, Path kept) throws IOException {
        return Audit.open(inputs(folder, configuration, kept), Progress.SILENT);
    }

    AuditInputs inputs(RunFolder folder, Configuration configuration, Path kept) {
        return new AuditInputs(
                dataset,
                network,
                preprocessing(network),
                configuration,
                new Store(kept),
                folder,
                new Randomness(configuration.seed()),
                Evaluator.method(network),
                network.lastLayer());
    }
}
