package org.gazecheck.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import javax.imageio.ImageIO;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.audit.part.PartResult;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Npy;
import org.gazecheck.network.Block;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of an audit of two new images, of which nothing is concluded about a network. */
class AuditTest {
    @TempDir
    private Path work;

    private RunFolder folder;
    private Configuration configuration;
    private Dataset dataset;
    private List<AuditPart> parts;

    @BeforeEach
    void imagesAndTheirHeatmaps() throws Exception {
        folder = new RunFolder(work.resolve("run"));
        Path yaml = Files.writeString(
                work.resolve("config.yaml"),
                "data: {source: folder, dir: " + work + "}\nmodel: {architecture: demo}\n"
                        + "audit: {estimateMasks: false, dataQuality: 0}\n");
        configuration = ConfigurationReader.read(yaml, List.of("output.dir=" + folder.root()));
        List<Prediction> predictions = new ArrayList<>();
        List<Dataset.Item> items = new ArrayList<>();
        List<Prediction.Ranked> top = List.of(new Prediction.Ranked(0, 0.9f));
        for (String name : List.of("a.png", "b.png")) {
            ImageIO.write(
                    new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB),
                    "png",
                    work.resolve(name).toFile());
            items.add(new Dataset.Item(name, Split.NEW, 0, "sha " + name, Optional.empty()));
            predictions.add(new Prediction(name, "sha " + name, Split.NEW, "rose", "rose", 0.9f, 0.9f, 1, top));
        }
        dataset = new Dataset(ImageLoader.of(configuration.data()), List.of("rose"), items);
        PredictionsFile.write(folder.predictions(), predictions);
        for (MapTarget target : MapTarget.values()) {
            Npy.write(folder.map("gradcam", "last", target), new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 2, 2, 2);
        }
    }

    private Audit audit(AuditPart... more) throws IOException {
        AuditInputs inputs = new AuditInputs(
                dataset,
                TinyNetworks.linear(Block.BASIC, 3),
                Preprocessing.torchvision(Normalisation.TORCHVISION),
                configuration,
                new Store(work.resolve("cache")),
                folder,
                new Randomness(1),
                "gradcam",
                "last");
        parts = new ArrayList<>(Audit.PARTS);
        parts.addAll(List.of(more));
        return new Audit(parts, AuditSession.open(inputs, Progress.SILENT));
    }

    private List<Path> all(Audit audit) throws IOException {
        List<Path> files = new ArrayList<>();
        for (AuditPart part : parts) {
            files.addAll(audit.run(part));
        }
        files.add(audit.conclude(files));
        return files;
    }

    @Test
    void aPartThatIsAddedToTheListTakesPartWithoutFurtherChange() throws IOException {
        Findings found = findings("rose", 0.1);
        List<Path> files;
        try (Audit audit = audit(new Fake("colours", found))) {
            files = all(audit);
        }
        assertTrue(files.contains(folder.root().resolve("colours.txt")), files.toString());
        assertTrue(files.containsAll(List.of(folder.localisation(), folder.properties(), folder.findings())));
        assertEquals(Set.copyOf(files).size(), files.size());
        assertTrue(files.stream().allMatch(Files::isRegularFile), files.toString());
        Findings concluded = FindingsFile.read(folder.findings());
        assertEquals(told(found), concluded.concluding(null));
        assertEquals(
                "New images only: the run that trained this network says whether to use it.",
                concluded.verdict().sentence());
    }

    @Test
    void aPartThatIsDoneAloneLeavesWhatTheOthersFoundAndTheOrderOfTheList() throws IOException {
        try (Audit audit =
                audit(new Fake("colours", findings("rose", 0.1)), new Fake("words", findings("lily", 1.0 / 3)))) {
            all(audit);
        }
        byte[] before = Files.readAllBytes(folder.findings());
        AuditPart colours = new Fake("colours", findings("poppy", 0.7));
        try (Audit audit = audit(colours, new Fake("words", Findings.NONE))) {
            audit.conclude(List.of());
            assertArrayEquals(before, Files.readAllBytes(folder.findings()));
            audit.conclude(audit.run(colours));
        }
        assertEquals(
                told(Findings.together(List.of(findings("poppy", 0.7), findings("lily", 1.0 / 3)))),
                FindingsFile.read(folder.findings()).concluding(null));
    }

    @Test
    void whatDoesNotApplyLeavesNothingOfAnEarlierAudit() throws IOException {
        List<Path> earlier = List.of(
                folder.interventions(),
                folder.counterfactuals(),
                folder.crops(),
                folder.counterfactualImages().resolve("99.jpg"),
                folder.heatmapClusters(),
                folder.dataQuality(),
                folder.heatmapQuality());
        for (Path file : earlier) {
            AtomicFile.write(file, "of an earlier audit");
        }
        List<Path> files;
        try (Audit audit = audit()) {
            files = all(audit);
        }
        for (Path file : earlier) {
            assertFalse(Files.exists(file) || files.contains(file), file.toString());
        }
    }

    @Test
    void aPartThatWritesWhatItDoesNotOwnIsRefused() throws IOException {
        AuditPart greedy = new Fake("colours", Findings.NONE) {
            @Override
            public List<Path> owned(RunFolder folder) {
                return List.of(folder.root().resolve("colours"));
            }
        };
        try (Audit audit = audit()) {
            assertThrows(IllegalStateException.class, () -> audit.run(greedy));
        }
    }

    @Test
    void partsHaveNamesAndFilesOfTheirOwnAndRestOnEarlierOnes() {
        Set<String> names = new HashSet<>();
        Set<Path> owned = new HashSet<>();
        for (AuditPart part : Audit.PARTS) {
            assertTrue(names.containsAll(part.restsOn()), part.name());
            assertTrue(names.add(part.name()), part.name());
            part.owned(folder).forEach(file -> assertTrue(owned.add(file), file.toString()));
        }
        assertFalse(owned.contains(folder.findings()));
    }

    /** Each a story of its own. */
    private static Findings told(Findings alone) {
        return new Findings(
                alone.findings().stream()
                        .map(finding -> finding.of(finding.id()))
                        .toList(),
                alone.tests());
    }

    private static Findings findings(String subject, double effect) {
        FindingKind kind = FindingKind.LOCALISATION_OF_CLASS;
        Statement statement = new Statement(
                Finding.Severity.LOW,
                "Said of " + subject,
                effect,
                Double.NaN,
                effect / 3,
                OptionalDouble.of(0.01),
                OptionalDouble.empty(),
                9,
                List.of("a.png"),
                "Look.");
        return new Findings(
                List.of(new Finding(kind, subject, statement)),
                List.of(new TestedEffect(kind, subject, "energy", effect, 0, 1, 0.01, 0.02, 9, Double.NaN)));
    }

    private static class Fake implements AuditPart {
        private final String name;
        private final Findings found;

        Fake(String name, Findings found) {
            this.name = name;
            this.found = found;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<Path> owned(RunFolder folder) {
            return List.of(folder.root().resolve(name + ".txt"));
        }

        @Override
        public PartResult run(AuditSession session) throws IOException {
            Path file = session.folder().root().resolve(name + ".txt");
            Files.writeString(file, name);
            return new PartResult(found, List.of(file));
        }
    }
}
