package org.gazecheck.audit.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.gazecheck.ReferenceData;
import org.gazecheck.audit.association.AssociationInputs.Scene;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Mask;
import org.gazecheck.image.MaskMeaning;
import org.gazecheck.image.MaskPixels;
import org.gazecheck.image.SceneDescriptor;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Findings;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Train of the set with two planted correlations: osteospermum on brick, tree mallow on water. */
class SceneCorrelationsTest {
    private static final List<Scene> SCENES = new ArrayList<>();
    private static final Map<String, String> BACKGROUNDS = new HashMap<>();

    @BeforeAll
    static void describe() throws IOException {
        Path root = ReferenceData.path("planted");
        ImageDecoder decoder = new ImageDecoder(100_000_000);
        for (String line : Files.readAllLines(root.resolve("backgrounds.csv"))) {
            String[] cells = line.split(",");
            if (cells[2].equals("train")) {
                Mask mask = MaskPixels.read(root.resolve("masks/" + cells[0].replace(".jpg", ".png")))
                        .mask(MaskMeaning.of(MaskMeaning.Rule.UPPER_HALF));
                SCENES.add(new Scene(
                        cells[0], cells[1], SceneDescriptor.of(decoder.decode(root.resolve(cells[0])), mask)));
                BACKGROUNDS.put(cells[0], cells[3]);
            }
        }
    }

    private static Findings correlations(List<Scene> scenes, long seed) {
        return SceneCorrelations.of(new AssociationInputs(
                List.of(), List.of(), List.of(), Synthetic.NO_HEATMAPS, scenes, new Randomness(seed)));
    }

    @Test
    void exactlyThePlantedTiesAreNamedWithTheirScenes() {
        Findings found = correlations(SCENES, 1);
        Set<String> subjects = new TreeSet<>();
        for (Finding finding : found.findings()) {
            subjects.add(finding.subject());
            Set<String> backgrounds = new HashSet<>();
            finding.evidence().forEach(path -> backgrounds.add(BACKGROUNDS.get(path)));
            assertEquals(
                    Set.of(finding.subject().equals("osteospermum") ? "brick" : "water"), backgrounds, finding.text());
            assertEquals(1, finding.effect(), 1e-12);
        }
        assertEquals(Set.of("osteospermum", "tree mallow"), subjects);
        assertEquals(9, found.tests().size(), "one a class and one of all");
        TestedEffect all = found.tests().get(0);
        assertTrue(all.effect() > 0.4 && all.p() == 1e-4, all.toString());
    }

    @Test
    void theKindsOfSceneAreTheBackgrounds() {
        List<double[]> descriptors =
                SCENES.stream().map(s -> s.descriptor().orElseThrow()).toList();
        SceneClusters clusters = SceneClusters.of(descriptors, new SplittableRandom(1));
        Map<Integer, Set<String>> inKind = new HashMap<>();
        for (Scene scene : SCENES) {
            inKind.computeIfAbsent(clusters.kind(scene.descriptor().orElseThrow()), kind -> new TreeSet<>())
                    .add(BACKGROUNDS.get(scene.path()));
        }
        assertEquals(6, clusters.kinds());
        assertTrue(inKind.values().stream().allMatch(backgrounds -> backgrounds.size() == 1), inKind.toString());
    }

    @Test
    void withoutATieNoneIsNamed() {
        for (int seed = 0; seed < 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Scene> shuffled = new ArrayList<>();
            List<Scene> left = new ArrayList<>(SCENES);
            for (Scene scene : SCENES) {
                Optional<double[]> descriptor =
                        left.remove(random.nextInt(left.size())).descriptor();
                shuffled.add(new Scene(scene.path(), scene.label(), descriptor));
            }
            Findings found = correlations(shuffled, seed);
            assertEquals(List.of(), found.findings());
            assertTrue(
                    found.tests().stream().skip(1).allMatch(t -> t.detectable() >= 0.5), "what could have been seen");
        }
    }

    @Test
    void nothingIsTestedWithoutScenes() {
        List<Scene> without = SCENES.stream()
                .map(s -> new Scene(s.path(), s.label(), Optional.empty()))
                .toList();
        assertEquals(Findings.NONE, correlations(without, 1));
    }
}
