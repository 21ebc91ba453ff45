package org.gazecheck.audit.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gazecheck.ReferenceData;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.pipeline.Pipeline;
import org.gazecheck.pipeline.Stage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.PropertiesFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The set with two planted correlations, as a linear probe of the shared ResNet-50 is audited on it. */
@Tag("slowest")
class PlantedAssociationTest {
    private static final Set<String> PLANTED = Set.of("osteospermum", "tree mallow");

    @TempDir
    private static Path work;

    private static RunFolder folder;

    @BeforeAll
    static void run() throws Exception {
        Path planted = ReferenceData.path("planted");
        Configuration configuration = ConfigurationReader.read(
                Path.of("config/folder.yaml"),
                List.of(
                        "data.dir=" + planted,
                        "data.masks=" + planted.resolve("masks"),
                        "model.weights=" + ReferenceData.path("weights/resnet50.safetensors"),
                        "train.views.mirror=false",
                        "train.views.crops=0",
                        "output.dir=" + work.resolve("run"),
                        "cache.dir=" + work.resolve("cache")));
        try (Pipeline pipeline = Pipeline.open(configuration, Progress.SILENT)) {
            pipeline.runTo(Stage.AUDIT);
        }
        folder = new RunFolder(work.resolve("run"));
    }

    @Test
    void theTiesOfTrainingAreNamedAndNoOthers() throws Exception {
        Set<String> subjects = new TreeSet<>();
        FindingsFile.read(folder.findings()).findings().stream()
                .filter(f -> f.kind().id().equals("scene-correlation"))
                .forEach(f -> subjects.add(f.subject()));
        assertEquals(PLANTED, subjects);
    }

    /** Correlations in training do not depend on what is correct; all other associations do. */
    @Test
    void of200PermutationsOfCorrectnessAtMostTenReportsHoldAnyFinding() throws Exception {
        List<Prediction> predictions = PredictionsFile.read(folder.predictions());
        List<Prediction> test =
                predictions.stream().filter(p -> p.split() == Split.TEST).toList();
        int first = predictions.indexOf(test.get(0));
        NpyArray maps = Npy.read(folder.map("gradcam", "layer4", MapTarget.PREDICTED));
        AssociationInputs.Heatmaps heatmaps = new AssociationInputs.Heatmaps() {
            @Override
            public int width() {
                return maps.shape()[1];
            }

            @Override
            public float[] of(int i) {
                int area = width() * width();
                return Arrays.copyOfRange(maps.floats(), (first + i) * area, (first + i + 1) * area);
            }
        };
        AssociationInputs seen = new AssociationInputs(
                test,
                LocalisationFile.read(folder.localisation()),
                PropertiesFile.read(folder.properties()),
                heatmaps,
                List.of(),
                new Randomness(1));
        int held = 0;
        for (int seed = 0; seed < 200; seed++) {
            Findings found = Association.of(new AssociationInputs(
                            Synthetic.permuted(test, seed),
                            seen.localisation(),
                            seen.properties(),
                            heatmaps,
                            List.of(),
                            new Randomness(1)))
                    .findings();
            assertTrue(found.tests().size() > 15, found.tests().size() + " tests");
            held += found.findings().isEmpty() ? 0 : 1;
        }
        assertTrue(held <= 10, held + " of 200 reports hold a finding");
    }

    @Test
    void testsThatFoundNothingSayWhatTheyCouldHaveFound() throws Exception {
        Findings found = FindingsFile.read(folder.findings());
        Set<String> kinds = new TreeSet<>();
        found.tests().stream()
                .filter(t -> Set.of("localisation-of-errors", "property-of-errors", "heatmap-cluster")
                        .contains(t.kind().id()))
                .forEach(t -> {
                    kinds.add(t.kind().id());
                    assertTrue(t.detectable() > 0.1, t.toString());
                });
        assertEquals(3, kinds.size());
        List<String> ids = found.findings().stream().map(Finding::id).toList();
        assertEquals(ids.size(), ids.stream().distinct().count(), ids.toString());
    }
}
