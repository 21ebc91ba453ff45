package org.gazecheck.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gazecheck.audit.Audit;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.Identities;
import org.gazecheck.data.Dataset;
import org.gazecheck.evaluate.EvaluationInputs;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.NpyRows;
import org.gazecheck.network.dl4j.ModelArchive;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Store;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies outside the heap while thousands of images are evaluated and audited. */
@Tag("slow")
class SteadyMemoryTest {
    private static final int IMAGES = 3000;

    /** Until then engines and compiler have what they need. */
    private static final int WARM = 1000;

    /** One input of the network, kept for every image, would be 49 kB times 2000. */
    private static final long MOST_GROWTH = 48L << 20;

    private static final Path SMAPS = Path.of("/proc/self/smaps");

    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ ");

    /** A heap that 32-bit references reach lies below 32 GB, native memory far above. */
    private static final long END_OF_HEAP = 32L << 30;

    @TempDir
    private Path work;

    @Test
    void itIsTheSameAfterThreeThousandImagesAsAfterAThousand() throws Exception {
        assumeTrue(Files.exists(SMAPS), "resident memory is read from " + SMAPS);
        Configuration configuration = configuration();
        try (Pipeline pipeline = Pipeline.open(configuration, Progress.SILENT)) {
            pipeline.runTo(Stage.TRAIN);
        }
        RunFolder folder = new RunFolder(configuration.output().dir());
        Run run = new Run(
                configuration, Identities.CURRENT, folder, ManifestFile.read(folder.manifest()), Progress.SILENT);
        run.reuseData();
        Dataset dataset = repeated(run.dataset());
        ModelArchive.Loaded model = ModelArchive.read(folder.archive());
        Store store = new Store(work.resolve("cache"));
        Randomness randomness = new Randomness(1);

        Resident evaluation = new Resident("evaluate");
        Evaluator.evaluate(
                new EvaluationInputs(
                        dataset,
                        model.network(),
                        model.info().preprocessing(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        configuration,
                        store,
                        folder,
                        randomness),
                evaluation);
        evaluation.assertSteady();

        Resident localisation = new Resident("measure localisation");
        AuditInputs inputs = new AuditInputs(
                dataset,
                model.network(),
                model.info().preprocessing(),
                configuration,
                store,
                folder,
                randomness,
                "gradcam",
                model.network().lastLayer());
        try (Audit audit = Audit.open(inputs, localisation)) {
            for (AuditPart part : Audit.PARTS) {
                audit.run(part);
            }
        }
        localisation.assertSteady();
        try (NpyRows maps = NpyRows.open(folder.map("gradcam", model.network().lastLayer(), MapTarget.TRUE))) {
            assertEquals(IMAGES, maps.shape()[0]);
        }
    }

    private Configuration configuration() throws Exception {
        Path yaml = work.resolve("tiny.yaml");
        Files.writeString(
                yaml,
                """
                data: {source: demo, dir: flowers, drawn: {train: 6, val: 3, test: 3, size: 64}}
                model: {architecture: demo, size: 64}
                train: {recipe: probe, views: {crops: 0}, probe: {maxIterations: 20, l2: [1e-6]}}
                evaluate: {bootstrap: 100}
                audit: {interventions: 0, dataQuality: 0, trust: {images: 0}}
                """);
        return ConfigurationReader.read(
                yaml,
                List.of(
                        "data.dir=" + work.resolve("flowers"),
                        "output.dir=" + work.resolve("run"),
                        "cache.dir=" + work.resolve("cache")));
    }

    /** The same few files, as if each were another image. */
    private static Dataset repeated(Dataset drawn) {
        List<Dataset.Item> test = drawn.of(Split.TEST);
        List<Dataset.Item> items = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            Dataset.Item item = test.get(i % test.size());
            items.add(new Dataset.Item(
                    item.path(), Split.TEST, item.label(), Hashes.sha256("image " + i), Optional.empty()));
        }
        return new Dataset(drawn.images(), drawn.classes(), items);
    }

    /** Reads the resident memory outside the heap while one task goes on. */
    private static final class Resident implements Progress {
        private final String watched;
        private long steps;
        private long warm;
        private long last;

        Resident(String watched) {
            this.watched = watched;
        }

        @Override
        public Task start(String name, long total) {
            return name.equals(watched) ? this::advance : ignored -> {};
        }

        private synchronized void advance(long more) {
            long before = steps;
            steps += more;
            if (before < WARM && steps >= WARM) {
                warm = outsideHeap();
            }
            last = steps == IMAGES ? outsideHeap() : last;
        }

        @Override
        public void message(String text) {}

        void assertSteady() {
            assertEquals(IMAGES, steps, watched);
            System.out.printf("%s: %d MB outside the heap, then %d%n", watched, warm >> 20, last >> 20);
            assertTrue(last - warm < MOST_GROWTH, watched + ": " + warm + " bytes, then " + last);
        }

        private static long outsideHeap() {
            try {
                long kilobytes = 0;
                boolean heap = true;
                for (String line : Files.readAllLines(SMAPS)) {
                    Matcher mapping = MAPPING.matcher(line);
                    if (mapping.lookingAt()) {
                        heap = Long.parseUnsignedLong(mapping.group(1), 16) < END_OF_HEAP;
                    } else if (!heap && line.startsWith("Rss:")) {
                        kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
                    }
                }
                return kilobytes << 10;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
