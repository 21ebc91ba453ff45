package org.gazecheck.scale;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.audit.Audit;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.input.DescriptionRow;
import org.gazecheck.audit.input.EstimatedMaskRow;
import org.gazecheck.audit.input.MaskRows;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.audit.part.PartResult;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.evaluate.EvaluationInputs;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.evaluate.ImageScores;
import org.gazecheck.evaluate.ScoresRow;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.LinearHead;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowKind;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Store;
import org.gazecheck.store.Table;

/**
 * The stages that look at all images at once, over rows that were drawn: a store is filled with scores, maps, features and
 * descriptions of images that do not exist, and no forward pass is made. Prints of each stage images, seconds and the largest use
 * of the heap in MB, garbage included.
 */
public final class SyntheticRows {
    private static final int SIZE = 32;
    private static final int SHARD = 512;
    private static final double RIGHT = 6;

    private final BuiltInNetwork network;
    private final Preprocessing preprocessing;
    private final Dataset dataset;
    private final Configuration configuration;
    private final Store store;
    private final RunFolder folder;
    private final Randomness randomness = new Randomness(1);

    private SyntheticRows(Path work, int images, int ofVal, int classes) throws IOException {
        BuiltInNetwork tiny = TinyNetworks.linear(Block.BASIC, 3);
        int features = tiny.features();
        this.network = BuiltInNetwork.of(
                tiny.architecture(),
                tiny.convolutions(),
                Optional.of(new LinearHead(new float[classes * features], new float[classes])),
                tiny.normalisation());
        this.preprocessing = Preprocessing.at(SIZE, network.normalisation());
        List<Dataset.Item> items = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            items.add(new Dataset.Item(
                    "class " + i % classes + "/" + i + ".jpg",
                    i < ofVal ? Split.VAL : Split.TEST,
                    i % classes,
                    Hashes.sha256("image " + i),
                    Optional.empty()));
        }
        this.dataset = new Dataset(
                ImageLoader.ofBytes(1),
                IntStream.range(0, classes).mapToObj(c -> "class " + c).toList(),
                items);
        this.configuration = ConfigurationReader.of(
                "synthetic",
                List.of(
                        "data.source=folder",
                        "data.dir=nowhere",
                        "model.architecture=demo",
                        "compute.threads=1",
                        "audit.estimateMasks=false"));
        this.store = new Store(work.resolve("cache"));
        this.folder = new RunFolder(work.resolve("run"));
    }

    /** {@code WORK CLASSES SHARE_OF_VAL STAGE,... IMAGES}; STAGE: evaluate, or the name of a part of the audit. */
    public static void main(String[] args) throws Exception {
        Path work = Path.of(args[0]);
        int images = Integer.parseInt(args[4]);
        int ofVal = (int) (Double.parseDouble(args[2]) * images);
        SyntheticRows rows = new SyntheticRows(work, images, ofVal, Integer.parseInt(args[1]));
        rows.fill();
        for (String stage : args[3].split(",")) {
            rows.measure(stage);
        }
    }

    private void measure(String stage) throws Exception {
        System.gc();
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long began = System.nanoTime();
        if (stage.equals("evaluate")) {
            Evaluator.evaluate(
                    new EvaluationInputs(
                            dataset,
                            network,
                            preprocessing,
                            OptionalDouble.empty(),
                            Optional.empty(),
                            configuration,
                            store,
                            folder,
                            randomness),
                    Progress.SILENT);
        } else {
            audit(stage);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.printf(Locale.ROOT, "%d %s %.2f %d%n", dataset.items().size(), stage, seconds, peak >> 20);
    }

    private void audit(String stage) throws IOException {
        AuditPart part = Audit.PARTS.stream()
                .filter(each -> each.name().equals(stage))
                .findFirst()
                .orElseThrow();
        AuditInputs inputs = new AuditInputs(
                dataset,
                network,
                preprocessing,
                configuration,
                store,
                folder,
                randomness,
                Evaluator.method(network),
                network.lastLayer());
        try (AuditSession session = AuditSession.open(inputs, Progress.SILENT)) {
            PartResult result = part.run(session);
            Files.createDirectories(folder.findingsOf(stage).toAbsolutePath().getParent());
            FindingsFile.write(folder.findingsOf(stage), result.findings());
        }
    }

    private void fill() throws IOException {
        ScoresRow scores = new ScoresRow(
                new ImageScores(
                        network,
                        preprocessing,
                        Engine.ONNX,
                        configuration.evaluate().flip()),
                dataset.images());
        DescriptionRow descriptions = new DescriptionRow(
                preprocessing,
                dataset.images(),
                new MaskRows(Optional.empty(), new EstimatedMaskRow(preprocessing, dataset.images())));
        try (Table ofScores = open(scores);
                Table ofDescriptions = open(descriptions)) {
            List<Dataset.Item> items = dataset.items();
            for (int from = 0; from < items.size(); from += SHARD) {
                List<Dataset.Item> some = items.subList(from, Math.min(items.size(), from + SHARD));
                fill(ofScores, scores, some);
                fill(ofDescriptions, descriptions, some);
            }
        }
    }

    private Table open(RowKind<?, ?> kind) throws IOException {
        return store.open(kind.name(), kind.context(), kind.encoding(), kind.rowLength());
    }

    private static RowImage image(Dataset.Item item) {
        return RowImage.of(item.path(), new byte[0], item.sha256(), item.label());
    }

    /** The true class is ahead of most: some 9 in 10 are right. */
    private static void fill(Table table, ScoresRow kind, List<Dataset.Item> items) throws IOException {
        float[] rows = new float[items.size() * kind.rowLength()];
        for (int i = 0; i < items.size(); i++) {
            SplittableRandom random = new SplittableRandom(items.get(i).sha256().hashCode());
            int from = i * kind.rowLength();
            for (int k = 0; k < kind.rowLength(); k++) {
                rows[from + k] = (float) (random.nextDouble() + random.nextDouble() + random.nextDouble());
            }
            rows[from + items.get(i).label()] += (float) (RIGHT * random.nextDouble());
        }
        table.append(items.stream().map(SyntheticRows::image).map(kind::key).toList(), rows);
    }

    private static void fill(Table table, DescriptionRow kind, List<Dataset.Item> items) throws IOException {
        double[] rows = new double[items.size() * kind.rowLength()];
        for (int i = 0; i < items.size(); i++) {
            SplittableRandom random =
                    new SplittableRandom(~items.get(i).sha256().hashCode());
            double[] row = new double[kind.rowLength()];
            Arrays.setAll(row, k -> random.nextDouble());
            row[0] = 200 + random.nextInt(100);
            row[1] = 200 + random.nextInt(100);
            row[row.length - 2] = random.nextLong(1L << 32);
            row[row.length - 1] = random.nextLong(1L << 32);
            System.arraycopy(row, 0, rows, i * row.length, row.length);
        }
        table.append(items.stream().map(SyntheticRows::image).map(kind::key).toList(), rows);
    }
}
